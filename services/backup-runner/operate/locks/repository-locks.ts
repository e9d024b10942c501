import { ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { cliRestic, type ResticAccess } from '../../src/restic/cli-restic.ts';
import type { StepFailure } from '../../src/run/step.ts';
import { callRestic } from '../call-restic.ts';

/** A lock as restic wrote it. A live process renews its own every five minutes, under another id. */
export interface RepositoryLock {
  readonly id: string;
  /** Made or last renewed. */
  readonly since: Date;
  readonly isExclusive: boolean;
  readonly host: string;
  readonly pid: number;
}

const LockFile = z.object({
  time: z.string().refine(time => !Number.isNaN(Date.parse(time))),
  exclusive: z.boolean(),
  hostname: z.string(),
  pid: z.int(),
});

/** All locks, oldest first. Changes nothing, and needs no lock of its own. */
export async function readLocks(access: ResticAccess): Promise<Result<readonly RepositoryLock[], StepFailure>> {
  const ids = await listIds(access);
  if (!ids.ok) return ids;
  const locks: RepositoryLock[] = [];
  for (const id of ids.value) {
    const text = await callRestic(access, 'cat', '--no-lock', 'lock', id);
    if (text.ok) locks.push(parseLock(id, text.value));
    else if (await isThere(access, id)) return text;
  }
  return ok(locks.toSorted((one, other) => one.since.getTime() - other.since.getTime()));
}

/** Removes what restic itself calls stale, and nothing else. Answers the locks that are left. */
export async function removeStaleLocks(access: ResticAccess): Promise<Result<readonly RepositoryLock[], StepFailure>> {
  const unlocked = await cliRestic(access).unlock();
  return unlocked.ok ? readLocks(access) : unlocked;
}

async function listIds(access: ResticAccess): Promise<Result<readonly string[], StepFailure>> {
  const listed = await callRestic(access, 'list', '--no-lock', 'locks');
  return listed.ok ? ok(listed.value.split('\n').filter(line => line !== '')) : listed;
}

/** Whoever held it may have given it back, or renewed it, since it was listed. */
async function isThere(access: ResticAccess, id: string): Promise<boolean> {
  const ids = await listIds(access);
  return !ids.ok || ids.value.includes(id);
}

function parseLock(id: string, text: string): RepositoryLock {
  const { time, exclusive, hostname, pid } = LockFile.parse(JSON.parse(text));
  return { id, since: new Date(time), isExclusive: exclusive, host: hostname, pid };
}
