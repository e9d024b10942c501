import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';
import { err, ok } from '@innkeeper/shared/result/result';
import type { RunContext, StepResult } from '../../run/step.ts';
import { withMountedFiles } from '../../sources/mounts.ts';
import { SampleChooser, type SampledFile, sampleSize } from './choose-sample.ts';
import { compareFile } from './compare-files.ts';

export interface SampleProof {
  readonly files: number;
  readonly compared: number;
  readonly changed: number;
  readonly bytes: number;
}

/**
 * Reads a random share of the files back and compares each, byte by byte, with the original on the filer; one that was
 * changed since can only be found to be there, as long as it should be. `seed` decides the choice and must not be known
 * before the backup. The copies are removed.
 */
export async function proveSample(context: RunContext, snapshot: TakenSnapshot, seed: string): StepResult<SampleProof> {
  const chooser = new SampleChooser(seed, sampleSize(snapshot.totalFiles, context.order.work.sampleShare));
  const listed = await context.restic.list(snapshot.snapshotId, node => chooser.offer(node));
  if (!listed.ok) return listed;
  const sample = chooser.choose();
  if (sample.length === 0) return err({ reason: 'restore_failed', detail: 'The snapshot of the files holds none.' });
  const target = join(context.workDirectory, 'sample');
  try {
    const restored = await context.restic.restore({
      snapshotId: snapshot.snapshotId,
      target,
      include: sample.map(({ path }) => path),
      progress: context.progress,
    });
    if (!restored.ok) return restored;
    return await withMountedFiles(context, () => compareAll(target, sample));
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

async function compareAll(target: string, sample: readonly SampledFile[]): StepResult<SampleProof> {
  const counts = { same: 0, changed: 0, differs: 0, lost: 0 };
  for (const file of sample) counts[await compareFile(join(target, file.path), file.path, file)] += 1;
  if (counts.lost > 0) {
    return err({
      reason: 'restore_failed',
      detail: `${counts.lost} of ${sample.length} files did not come back whole.`,
    });
  }
  if (counts.differs > 0) {
    const detail = `${counts.differs} of ${sample.length} files came back with other bytes than the originals have.`;
    return err({ reason: 'restore_differs', detail });
  }
  return ok({
    files: sample.length,
    compared: counts.same,
    changed: counts.changed,
    bytes: sample.reduce((sum, { size }) => sum + size, 0),
  });
}
