import { formatCount, formatDuration } from '@innkeeper/shared/backup/format-figures';
import { formatInstant } from '../../restore/screen/format.ts';
import type { RepositoryLock } from './repository-locks.ts';

/** Who holds the repository, and what `unlock` would do about it. Pure. */
export interface Here {
  readonly now: Date;
  readonly host: string;
  readonly isRunning: (pid: number) => boolean;
}

/** restic's own rule, whose answer counts when it comes to removing: a live process renews its lock every 5 minutes. */
const STALE_MS = 30 * 60_000;

const isOld = ({ since }: RepositoryLock, { now }: Here): boolean => now.getTime() - since.getTime() > STALE_MS;

export const isStale = (lock: RepositoryLock, here: Here): boolean =>
  isOld(lock, here) || (lock.host === here.host && !here.isRunning(lock.pid));

export function locksInWords(locks: readonly RepositoryLock[], here: Here): string {
  if (locks.length === 0) return FREE;
  const stale = locks.filter(lock => isStale(lock, here)).length;
  return [
    `The repository holds ${formatCount(locks.length, 'lock')}:`,
    ...locks.map(lock => lockLine(lock, here)),
    stale === 0
      ? 'Nothing to remove: whoever holds this may be at work.'
      : `Nothing was changed. pnpm backups unlock --yes removes the ${stale} left behind.`,
  ].join('\n');
}

export function removalInWords(
  removed: readonly RepositoryLock[],
  left: readonly RepositoryLock[],
  here: Here,
): string {
  if (removed.length === 0 && left.length === 0) return FREE;
  return [
    removed.length === 0 ? 'No lock is stale: nothing was removed.' : `Removed ${formatCount(removed.length, 'lock')}:`,
    ...removed.map(lock => lockLine(lock, here)),
    ...(left.length === 0
      ? ['The repository is not locked any more.']
      : [`${formatCount(left.length, 'lock stays', 'locks stay')}:`, ...left.map(lock => lockLine(lock, here))]),
  ].join('\n');
}

const FREE = 'The repository is not locked.';

function lockLine(lock: RepositoryLock, here: Here): string {
  const age = formatDuration(Math.max(0, here.now.getTime() - lock.since.getTime()));
  const who = `${lock.host}, process ${lock.pid}, ${lock.isExclusive ? 'alone' : 'with others'}`;
  return `  ${isStale(lock, here) ? '✗' : '…'} ${who}, renewed ${age} ago: ${verdict(lock, here)}`;
}

function verdict(lock: RepositoryLock, here: Here): string {
  if (isOld(lock, here)) return 'left behind, a live process renews its lock every 5 minutes';
  if (isStale(lock, here)) return 'left behind, that process is gone';
  if (lock.host === here.host) return 'that process is at work on this machine';
  const staleFrom = formatInstant(new Date(lock.since.getTime() + STALE_MS));
  return `may be at work; unless renewed, stale from ${staleFrom} on`;
}
