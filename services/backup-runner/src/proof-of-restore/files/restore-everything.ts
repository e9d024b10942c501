import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';
import { err, ok } from '@innkeeper/shared/result/result';
import type { RunContext, StepResult } from '../../run/step.ts';
import { countFiles, type FileCount } from '../../sources/count-files.ts';

/**
 * All files of the snapshot onto this server's disk and gone again. What it proves: every file can be read out of the
 * vault, each matches its hashes (restic reads it once more from the disk), and there are as many files as were backed
 * up, with as many bytes as the snapshot lists.
 */
export async function restoreEverything(context: RunContext, snapshot: TakenSnapshot): StepResult<FileCount> {
  const target = join(context.workDirectory, 'drill-files');
  await mkdir(target, { recursive: true });
  try {
    const listed = await listedFiles(context, snapshot.snapshotId);
    if (!listed.ok) return listed;
    const disk = await statfs(target);
    if (disk.bavail * disk.bsize < listed.value.bytes) {
      return err({ reason: 'disk_full', detail: 'The files of the company do not fit on this server.' });
    }
    const restored = await context.restic.restore({
      snapshotId: snapshot.snapshotId,
      target,
      verify: true,
      progress: context.progress,
    });
    if (!restored.ok) return restored;
    const found = await countFiles(target);
    if (found.files === snapshot.totalFiles && found.bytes === listed.value.bytes) return ok(found);
    const detail = `${found.files} files came back, and ${snapshot.totalFiles} were backed up.`;
    return err({ reason: 'restore_differs', detail });
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

async function listedFiles(context: RunContext, snapshotId: string): StepResult<FileCount> {
  let count = { files: 0, bytes: 0 };
  const listed = await context.restic.list(snapshotId, ({ type, size }) => {
    if (type === 'file') count = { files: count.files + 1, bytes: count.bytes + size };
  });
  return listed.ok ? ok(count) : listed;
}
