import { writeFile } from 'node:fs/promises';
import { formatCount } from '@innkeeper/shared/backup/format-figures';
import type { ErasureReport } from '../erasures/erasure-report.ts';
import type { StepProof } from '../steps/restore-step.ts';

/** What is kept of a restore: who brought back what from which snapshots, how it was verified, what was erased. */
export interface RestoreRecord {
  readonly v: 1;
  readonly command: 'files' | 'collection' | 'keycloak' | 'everything' | 'erase';
  readonly runId: string;
  readonly takenAt: string;
  readonly by: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly steps: readonly StepProof[];
  readonly erasures:
    | { readonly applied: false; readonly reason: 'not_wanted' | 'cannot_hold_any' }
    | {
        readonly applied: true;
        readonly orders: number;
        readonly mongodb?: ErasureReport;
        readonly files?: ErasureReport;
        readonly firestore?: ErasureReport;
      };
  /** What a person still has to do, one sentence each. */
  readonly toDo: readonly string[];
}

export async function writeRecord(file: string, record: RestoreRecord): Promise<void> {
  await writeFile(file, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
}

export function recordInWords(record: RestoreRecord, file: string): string {
  const { erasures } = record;
  const stores = erasures.applied
    ? (['mongodb', 'files', 'firestore'] as const).flatMap(store => {
        const report = erasures[store];
        return report === undefined
          ? []
          : [
              `  ${store}: ${formatCount(report.places, 'place', 'places')}, ${report.applied} erased now, ` +
                `${report.alreadyDone} had nothing left to erase, ${report.remaining} remaining`,
            ];
      })
    : [];
  return [
    `Restored from run ${record.runId} by ${record.by}, ${record.startedAt} to ${record.finishedAt}`,
    ...record.steps.flatMap(step => [
      `✓ ${step.name} → ${step.to}`,
      `  snapshot ${step.snapshotId.slice(0, 8)}: ${Object.entries(step.figures)
        .map(([name, value]) => `${value.toLocaleString('en-GB')} ${name}`)
        .join(', ')}`,
      `  ${step.verified}`,
    ]),
    erasures.applied
      ? `✓ erasures since then: ${formatCount(erasures.orders, 'order', 'orders')}`
      : erasures.reason === 'not_wanted'
        ? '! what was erased since then is back (--without-erasures)'
        : '✓ erasures never concern this part',
    ...stores,
    ...record.toDo.map(task => `→ ${task}`),
    `Record: ${file}`,
  ].join('\n');
}
