import type { ScanProgress } from '../run/scan-ports.ts';

/** How fast a scan goes, for people: a bar, `/status`, the log. */
export interface ScanPace {
  readonly scanned: number;
  /** About right: from the collections' metadata until they are read. */
  readonly expected: number;
  /** Documents a second since this process took the scan up. */
  readonly perSecond: number;
  /** Absent until there is a pace to judge by. */
  readonly secondsLeft?: number;
}

/** `startedWith` is the progress a scan was taken up at: what was done before says nothing about the pace now. */
export function paceOfScan(progress: ScanProgress, startedWith: ScanProgress, elapsedMs: number): ScanPace {
  const { scanned, expected } = sumOf(progress);
  const perSecond = elapsedMs > 0 ? ((scanned - sumOf(startedWith).scanned) * 1_000) / elapsedMs : 0;
  return {
    scanned,
    expected,
    perSecond: Math.round(perSecond),
    ...(perSecond > 0 && { secondsLeft: Math.ceil((expected - scanned) / perSecond) }),
  };
}

function sumOf(progress: ScanProgress): { scanned: number; expected: number } {
  let scanned = 0;
  let expected = 0;
  for (const part of Object.values(progress)) {
    scanned += part.scanned;
    expected += part.expected;
  }
  return { scanned, expected };
}

const BAR_CELLS = 24;

/** `[############------------]  50 %  500,000 of 1,000,000  9,800/s  51 s left` */
export function renderPace({ scanned, expected, perSecond, secondsLeft }: ScanPace): string {
  const share = expected === 0 ? 1 : scanned / expected;
  const filled = Math.floor(share * BAR_CELLS);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_CELLS - filled)}]`;
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const count = `${grouped(scanned)} of ${grouped(expected)}`;
  const left = secondsLeft === undefined ? '' : `  ${grouped(secondsLeft)} s left`;
  return `${bar} ${percent}  ${count}  ${grouped(perSecond)}/s${left}`;
}

const grouped = (value: number): string => value.toLocaleString('en-GB');
