import type { Entry, NamedEntry } from './entry.ts';

/** Whoever reads an alert reads the first dozen; the rest is in Workers Logs. */
export const ENTRIES_MAX = 100;

/**
 * At most `ENTRIES_MAX`, errors before warnings, in the order in which they came; the last one says how many were left
 * out. Pure.
 */
export function selectEntries(entries: readonly NamedEntry[]): readonly NamedEntry[] {
  const last = entries.at(-1);
  if (last === undefined || entries.length <= ENTRIES_MAX) return entries;
  const errors = entries.filter(({ severity }) => severity === 'ERROR').slice(0, ENTRIES_MAX - 1);
  const warnings = entries.filter(({ severity }) => severity === 'WARNING').slice(0, ENTRIES_MAX - 1 - errors.length);
  const chosen = new Set([...errors, ...warnings]);
  const left = entries.filter(entry => !chosen.has(entry));
  return [...entries.filter(entry => chosen.has(entry)), { ...tellCut(left), atMs: last.atMs, id: `${last.id}-cut` }];
}

function tellCut(left: readonly Entry[]): Omit<Entry, 'atMs'> {
  const errors = left.filter(({ severity }) => severity === 'ERROR').length;
  const workers = [...new Set(left.map(({ worker }) => worker))].join(' ');
  return {
    severity: errors > 0 ? 'ERROR' : 'WARNING',
    worker: workers,
    payload: { deployable: 'log-forwarder', event: 'entries.cut', entries: left.length, errors },
  };
}
