import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { formatBytes } from '@innkeeper/shared/backup/format-figures';
import type { BackupSource } from '@innkeeper/shared/contracts/backup/steps';
import { err, ok } from '@innkeeper/shared/result/result';
import type { Restic, ResticSnapshot } from '../../src/restic/restic.ts';
import { CONFIGURATION_FILE } from '../../src/sources/configuration-file.ts';
import { KEYCLOAK_FILE } from '../../src/sources/keycloak.ts';
import { MONGODB_FILE } from '../../src/sources/mongodb.ts';
import { type RestoreFailure, type RestoreResult, resticFailure } from '../failure.ts';
import type { RestoreStep } from './restore-step.ts';
import { isThere, makePrivateFolder } from './target-folder.ts';

/** What the other snapshots hold: one file each, at the root. */
export const FILE_OF_SOURCE = {
  mongodb: MONGODB_FILE.slice(1),
  keycloak: KEYCLOAK_FILE.slice(1),
  configuration: CONFIGURATION_FILE.slice(1),
} satisfies Partial<Record<BackupSource, string>>;
export type SingleFileSource = keyof typeof FILE_OF_SOURCE;

/** A dump, an archive or the configuration as a file in a folder. */
export function restoreSingleFile(order: {
  readonly restic: Restic;
  readonly source: SingleFileSource;
  readonly snapshot: ResticSnapshot;
  readonly folder: string;
  readonly mayReplace: boolean;
}): RestoreStep {
  const { restic, source, snapshot, folder } = order;
  const fileName = FILE_OF_SOURCE[source];
  const target = path.join(folder, fileName);
  let size: number | undefined;
  /** A snapshot never changes: it is listed once. */
  const sizeThere = async (): RestoreResult<number> => {
    if (size !== undefined) return ok(size);
    const listed = await sizeInSnapshot(restic, snapshot, fileName);
    if (listed.ok) size = listed.value;
    return listed;
  };
  return {
    name: fileName,

    async inspect() {
      const bytes = await sizeThere();
      if (!bytes.ok) return bytes;
      const replaces = await isThere(target);
      return ok({
        from: { source, snapshotId: snapshot.id },
        to: target,
        bytes: bytes.value,
        lines: [formatBytes(bytes.value), ...(replaces ? ['replaces the file that is there'] : [])],
        obstacles: replaces && !order.mayReplace ? [alreadyThere(target)] : [],
      });
    },

    async carryOut({ progress }) {
      const bytes = await sizeThere();
      if (!bytes.ok) return bytes;
      await makePrivateFolder(folder);
      const restored = await restic.restore({
        snapshotId: snapshot.id,
        target: folder,
        include: [`/${fileName}`],
        verify: true,
        progress,
      });
      if (!restored.ok) return err(resticFailure(restored.error));
      progress({ bytesDone: bytes.value, bytesTotal: bytes.value });
      const written = (await isThere(target)) ? (await lstat(target)).size : undefined;
      if (written !== bytes.value)
        return err({ reason: 'restored_differs', sentence: `${target} is not as the snapshot has it.` });
      return ok({
        name: fileName,
        source,
        snapshotId: snapshot.id,
        to: target,
        figures: { bytes: bytes.value },
        verified: 'read back and compared with its hashes',
      });
    },
  };
}

async function sizeInSnapshot(restic: Restic, snapshot: ResticSnapshot, fileName: string): RestoreResult<number> {
  let bytes: number | undefined;
  const listed = await restic.list(snapshot.id, node => {
    if (node.type === 'file' && node.path === `/${fileName}`) bytes = node.size;
  });
  if (!listed.ok) return err(resticFailure(listed.error));
  return bytes === undefined
    ? err({ reason: 'not_in_snapshot', sentence: `The snapshot does not hold ${fileName}.` })
    : ok(bytes);
}

const alreadyThere = (target: string): RestoreFailure => ({
  reason: 'target_not_empty',
  sentence: `${target} is there already.`,
  nextStep: 'Choose an empty target, or say --overwrite.',
});
