/** Figures of a backup as people read them, the same in chat and on a terminal. Pure. */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Decimal units, as disks and bills count: `640 B`, `12.3 GB`, `210 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.5 would be shown as 1000.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${value < 99.95 ? Math.round(value * 10) / 10 : Math.round(value)} ${UNITS[unit] ?? ''}`;
}

/** Two figures are enough for a person: `240 ms`, `41 s`, `12 min`, `3.5 h`, `9 days`. */
export function formatDuration(ms: number): string {
  if (ms > 0 && ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${shortNumber(ms / 1_000)} s`;
  if (ms < 7_200_000) return `${shortNumber(ms / 60_000)} min`;
  return ms < 172_800_000 ? `${shortNumber(ms / 3_600_000)} h` : `${shortNumber(ms / 86_400_000)} days`;
}

/** `1 file`, `143 files`, `1,204 files`. */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

const shortNumber = (value: number): string => `${value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value)}`;
