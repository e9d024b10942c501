import { access, constants, statfs } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { BeginReply } from '@innkeeper/shared/contracts/backup/exchange';
import { err } from '@innkeeper/shared/result/result';
import type { Restic } from '../restic/restic.ts';
import type { StepResult } from './step.ts';

/**
 * What can be known before anything is read: programs, restic's version, room on the disk, and that the repository
 * opens with this password. Locks of servers that are gone are removed with it. Each problem has its name.
 */
export interface Preflight {
  readonly order: Pick<BeginReply, 'previous' | 'work'>;
  readonly restic: Restic;
  readonly workDirectory: string;
  /** As in the environment. */
  readonly path: string;
}

/** Older ones can hang with `--stdin-from-command` and end well without a path that was named. */
export const RESTIC_VERSION_MIN = '0.19.1';
const PROGRAMS = ['mongodump', 'pg_dump', 'weed', 'mountpoint', 'umount'];
const SPARE_BYTES = 512 * 1024 * 1024; // restic packs, logs, a database that starts empty

export async function preflight({ order, restic, workDirectory, path }: Preflight): StepResult<void> {
  const version = await restic.version();
  if (!version.ok) return version;
  if (isOlder(version.value, RESTIC_VERSION_MIN)) {
    const detail = `restic ${version.value} is older than ${RESTIC_VERSION_MIN}.`;
    return err({ reason: 'restic_outdated', detail });
  }
  for (const program of PROGRAMS) {
    if (!(await isOnPath(program, path))) {
      return err({ reason: 'program_missing', detail: `${program} is not on this server.` });
    }
  }
  const { bavail, bsize } = await statfs(workDirectory);
  const neededBytes = roomFor(order);
  if (bavail * bsize < neededBytes) {
    const detail = `${inGiB(bavail * bsize)} GiB are free, ${inGiB(neededBytes)} GiB are needed.`;
    return err({ reason: 'disk_full', detail });
  }
  return restic.unlock();
}

/** For what is read back: a sample of the files, on drill days everything; databases grow when they are rebuilt. */
export function roomFor({ previous, work }: Pick<BeginReply, 'previous' | 'work'>): number {
  const bytes = (source: string): number => previous?.bytes[source] ?? 0;
  const files = bytes('files') * (work.drill ? 1 : work.sampleShare);
  const databases = work.drill ? 2 * (bytes('mongodb') + bytes('keycloak')) : 0;
  return Math.ceil(SPARE_BYTES + files + databases);
}

export function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0;
}

async function isOnPath(program: string, path: string): Promise<boolean> {
  for (const folder of path.split(delimiter).filter(part => part !== '')) {
    try {
      await access(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder: perhaps in the next.
    }
  }
  return false;
}

const inGiB = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);
