import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunnerConfig } from '../config.ts';

/** Folders of this run alone, readable by nobody else: one on the disk, one in memory. Gone with the run. */
export interface RunFolders {
  make(): Promise<{ readonly workDirectory: string; readonly secretDirectory: string }>;
  remove(): Promise<void>;
}

export function runFolders(config: Pick<RunnerConfig, 'WORK_DIRECTORY' | 'SECRET_DIRECTORY'>): RunFolders {
  const made: string[] = [];
  const makeIn = async (parent: string): Promise<string> => {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(parent, 'run-')); // 0700
    made.push(folder);
    return folder;
  };
  return {
    make: async () => ({
      workDirectory: await makeIn(config.WORK_DIRECTORY),
      secretDirectory: await makeIn(config.SECRET_DIRECTORY),
    }),
    async remove() {
      // What cannot be removed goes with the server's disk.
      await Promise.allSettled(made.splice(0).map(folder => rm(folder, { recursive: true, force: true })));
    },
  };
}
