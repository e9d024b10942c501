import type { Dice } from '@innkeeper/local-stack/demo/world/dice';
import type { BeginReply } from '@innkeeper/shared/contracts/backup/exchange';
import type { BackupSource, BackupStep, StepOutcome, TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';
import type { ServerFate } from './server-fate.ts';

/** What the work of a step takes and gives on a simulated server, with sizes that grow and waver as real ones do. */
const MINUTE_MS = 60_000;

const STEP_MINUTES: Readonly<Record<BackupStep, { readonly daily: number; readonly deep: number }>> = {
  dumping: { daily: 5, deep: 5 },
  backing_up: { daily: 9, deep: 9 },
  retaining: { daily: 1, deep: 12 },
  checking: { daily: 3, deep: 25 },
  restoring: { daily: 4, deep: 40 },
};

export function stepMs(step: BackupStep, { work }: BeginReply, dice: Dice): number {
  const { daily, deep } = STEP_MINUTES[step];
  return Math.round((work.drill || work.prune ? deep : daily) * MINUTE_MS * (dice.between(70, 160) / 100));
}

const SIZES: Readonly<Record<BackupSource, { readonly bytes: number; readonly files: number }>> = {
  mongodb: { bytes: 4e9, files: 1 },
  keycloak: { bytes: 3e8, files: 1 },
  files: { bytes: 8e9, files: 41_000 },
  configuration: { bytes: 20_000, files: 1 },
};

export function outcomeOf(
  step: BackupStep,
  { work }: BeginReply,
  { dice, fate, durationMs }: { readonly dice: Dice; readonly fate: ServerFate; readonly durationMs: number },
): StepOutcome {
  const snapshot = (source: BackupSource): TakenSnapshot => {
    const share = (fate.sizes[source] ?? 1) * (dice.between(97, 103) / 100);
    const { bytes, files } = SIZES[source];
    const totalBytes = Math.round(bytes * share);
    return {
      source,
      snapshotId: Array.from({ length: 8 }, () => dice.between(0, 0xffff_fff).toString(16).padStart(8, '0')).join(''),
      totalBytes,
      totalFiles: Math.max(1, Math.round(files * share)),
      addedBytes: Math.round(totalBytes / 70),
      durationMs: Math.round(durationMs / 2),
    };
  };
  switch (step) {
    case 'dumping':
      return { step, snapshots: [snapshot('mongodb'), snapshot('keycloak')] };
    case 'backing_up':
      return { step, snapshots: [snapshot('files'), snapshot('configuration')] };
    case 'retaining':
      return {
        step,
        kept: 21,
        removed: ['0'.repeat(64)],
        deferred: 0,
        ...(work.prune ? { pruned: { freedBytes: 1e9, refused: 0 } } : {}),
      };
    case 'checking':
      return { step, ...(work.checkSubset === undefined ? {} : { subset: work.checkSubset }) };
    case 'restoring':
      return {
        step,
        files: 143,
        compared: 141,
        changed: 2,
        bytes: 9e7,
        canary: true,
        ...(work.drill
          ? {
              drill: {
                mongodb: { collections: 20, documents: 180_000, digest: 'm' },
                keycloak: { tables: 90, rows: 4_000, digest: 'k' },
                files: { files: 41_000, bytes: 8e9 },
              },
            }
          : {}),
      };
  }
}
