import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RetainableSnapshot } from '@innkeeper/shared/domain/retention';
import { newRepositoryFiles } from '../restic-repository-files.ts';

/**
 * A restic repository in a temporary folder with thousands of snapshots of any time, written in a second. They point to
 * trees that do not exist: good for everything that reads snapshots only, such as `forget --dry-run`.
 */
export interface WrittenRepository extends AsyncDisposable {
  readonly path: string;
  readonly password: string;
  /** Replaces all snapshots; answers with the ids they got, in the same order. */
  replaceSnapshots(snapshots: readonly WrittenSnapshot[]): Promise<readonly string[]>;
}

export type WrittenSnapshot = Omit<RetainableSnapshot, 'id'> & { readonly tags?: readonly string[] };

export async function writeRepository(): Promise<WrittenRepository> {
  const path = await mkdtemp(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'innkeeper-histories-'));
  for (const folder of ['data', 'index', 'keys', 'locks', 'snapshots']) await mkdir(join(path, folder));
  const files = newRepositoryFiles();
  writeFileSync(join(path, 'config'), files.config);
  writeFileSync(join(path, 'keys', files.key.name), files.key.bytes);
  return {
    path,
    password: files.password,
    async replaceSnapshots(snapshots) {
      await rm(join(path, 'snapshots'), { recursive: true });
      await mkdir(join(path, 'snapshots'));
      return snapshots.map(({ time, host, paths, tags }) => {
        const { name, bytes } = files.seal({ time, tree: NO_TREE, paths, hostname: host, username: 'backup', tags });
        writeFileSync(join(path, 'snapshots', name), bytes);
        return name;
      });
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** Thousands of small files: on a disk each costs ten times as much. */
const MEMORY = '/dev/shm';
const NO_TREE = '0'.repeat(64);
