import { expect, it } from 'vitest';
import { type Here, isStale, locksInWords, removalInWords } from './locks-in-words.ts';
import type { RepositoryLock } from './repository-locks.ts';

const now = new Date('2026-11-21T12:00:00Z');
const here: Here = { now, host: 'desk', isRunning: pid => pid === 7 };
const lock = (minutes: number, changes: Partial<RepositoryLock> = {}): RepositoryLock => ({
  id: `${minutes}`,
  since: new Date(now.getTime() - minutes * 60_000),
  isExclusive: false,
  host: 'backup-2026-11-21',
  pid: 7,
  ...changes,
});

it.each([
  ['half an hour without a sign is not yet too long', lock(30), false],
  ['more is', lock(30.1), true],
  ['so it is for a process of this machine', lock(31, { host: 'desk' }), true],
  ['a process of this machine that is gone', lock(1, { host: 'desk', pid: 8 }), true],
  ['one that is there', lock(1, { host: 'desk' }), false],
  ['the same number on another machine says nothing', lock(1, { pid: 8 }), false],
  ['a clock that is behind', lock(-5), false],
])('stale: %s', (_, judged, stale) => {
  expect(isStale(judged, here)).toBe(stale);
});

it('says who holds the repository, since when, and what can be done', () => {
  expect(locksInWords([], here)).toBe('The repository is not locked.');
  const words = locksInWords([lock(180, { isExclusive: true }), lock(4)], here);
  expect(words).toBe(`The repository holds 2 locks:
  ✗ backup-2026-11-21, process 7, alone, renewed 3 h ago: left behind, a live process renews its lock every 5 minutes
  … backup-2026-11-21, process 7, with others, renewed 4 min ago: may be at work; unless renewed, stale from 2026-11-21 12:26 UTC on
Nothing was changed. pnpm backups unlock --yes removes the 1 left behind.`);
  expect(locksInWords([lock(4)], here)).toContain('Nothing to remove');
});

it('says what was removed, and what stays', () => {
  const words = removalInWords([lock(180)], [lock(4)], here).split('\n');
  expect([words[0], words[2]]).toEqual(['Removed 1 lock:', '1 lock stays:']);
  expect(removalInWords([], [lock(4)], here)).toContain('nothing was removed');
});
