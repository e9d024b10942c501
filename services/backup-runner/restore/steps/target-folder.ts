import { lstat, mkdir, readdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { formatBytes } from '@innkeeper/shared/backup/format-figures';
import type { RestoreFailure } from '../failure.ts';

/** What the folder of a restore is like before anything is written. */
export interface FolderState {
  readonly exists: boolean;
  readonly entries: number;
}

export async function lookAtFolder(folder: string): Promise<FolderState | RestoreFailure> {
  try {
    return { exists: true, entries: (await readdir(folder)).length };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return { exists: false, entries: 0 };
    return { reason: 'target_unusable', sentence: `${folder} cannot be used as a folder (${String(code)}).` };
  }
}

/** Whether `bytes` fit where the folder is or will be; with some room left, since a full disk stops other things. */
const ROOM_LEFT = 1.05;

export async function findLackOfSpace(folder: string, bytes: number): Promise<RestoreFailure | undefined> {
  const { bavail, bsize } = await statfs(await nearestFolder(folder));
  const free = bavail * bsize;
  if (bytes * ROOM_LEFT <= free) return undefined;
  return {
    reason: 'no_space',
    sentence: `${formatBytes(bytes)} do not fit: ${folder} has ${formatBytes(free)} left.`,
  };
}

async function nearestFolder(folder: string): Promise<string> {
  for (let place = folder; ; place = path.dirname(place)) {
    if (await isThere(place)) return place;
    if (place === path.dirname(place)) return place;
  }
}

export async function isThere(place: string): Promise<boolean> {
  try {
    await lstat(place);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return false;
    throw error;
  }
}

/** For company data: nobody else on the machine looks in. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}
