import { ok } from '@innkeeper/shared/result/result';
import type { ProveRestore } from '../run/steps.ts';
import { drill } from './drill.ts';
import { proveSample } from './files/prove-sample.ts';
import { readCanary } from './read-canary.ts';
import { snapshotsBySource } from './snapshots-by-source.ts';

/**
 * Reads back what this run wrote: its canary and a share of the files every night; everything, rebuilt and compared,
 * when the order says drill.
 */
export const proveRestore: ProveRestore = async (context, outcomes) => {
  const snapshots = snapshotsBySource(outcomes);
  const canary = await readCanary(context, snapshots.configuration.snapshotId);
  if (!canary.ok) return canary;
  // The canary was not known to anybody before the backup, and is in the backup: the choice can be repeated from it.
  const sample = await proveSample(context, snapshots.files, canary.value);
  if (!sample.ok) return sample;
  const outcome = { step: 'restoring', ...sample.value, canary: true } as const;
  if (!context.order.work.drill) return ok(outcome);
  const rebuilt = await drill(context, snapshots);
  return rebuilt.ok ? ok({ ...outcome, drill: rebuilt.value }) : rebuilt;
};
