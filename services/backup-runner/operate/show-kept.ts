import { formatCount } from '@innkeeper/shared/backup/format-figures';
import { RETENTION } from '@innkeeper/shared/contracts/backup/exchange';
import type { RunRetention } from '../restore/runs/run-retention.ts';

/** What is kept and dropped at the next retention, why, and until when. Pure. */
export function keptInWords(runs: readonly RunRetention[]): string {
  if (runs.length === 0) return 'The repository holds no run yet.';
  const { keepDaily, keepWeekly, keepMonthly } = RETENTION;
  return [
    ...runs.map(
      ({ run, kept, why }) => `${kept ? '✓' : '✗'} ${run.runId.padEnd(20)} ${why.join(`\n${' '.repeat(23)}`)}`,
    ),
    `Kept: ${runs.filter(({ kept }) => kept).length} of ${formatCount(runs.length, 'run')}, ` +
      `${keepDaily} daily, ${keepWeekly} weekly, ${keepMonthly} monthly.`,
  ].join('\n');
}

export function keptAsJson(runs: readonly RunRetention[]): string {
  const listed = runs.map(({ run, kept, why, goesOn }) => ({
    runId: run.runId,
    takenAt: run.takenAt,
    kept,
    why,
    goesOn,
  }));
  return JSON.stringify(listed, undefined, 2);
}
