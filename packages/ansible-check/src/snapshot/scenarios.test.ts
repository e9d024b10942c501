import { expect, it } from 'vitest';
import { type Played, snapshotProblems } from './scenarios.ts';

const good = (changes: Partial<Played> = {}): Played => ({
  scenario: 'good image',
  exitCode: 0,
  output: 'Snapshot 7 is the one for the\n  next night.',
  machineId: '',
  servers: [],
  images: [7003, 7004, 50],
  chosen: 50,
  ...changes,
});
const failed: Played = {
  scenario: 'missing program',
  exitCode: 2,
  output: 'weed version',
  servers: [],
  images: [7001, 7002, 7003, 7004],
  chosen: 7004,
};

it('is content with one new snapshot and the two before it, and with everything as it was', () => {
  expect([snapshotProblems(good()), snapshotProblems(failed)]).toEqual([[], []]);
});

it.each<[string, Played, string]>([
  ['a failure that is none', { ...failed, exitCode: 0 }, 'ends with 0'],
  ['a success that is none', good({ exitCode: 2 }), 'ends with 2'],
  ['silence', good({ output: 'ok' }), 'nobody is told'],
  ['a server that is left', { ...failed, servers: ['backup-image-build'] }, 'backup-image-build is left'],
  ['half a snapshot', { ...failed, images: [...failed.images, 50] }, '1 new snapshots'],
  ['too many old ones', good({ images: [7001, 7003, 7004, 50] }), 'of the old snapshots'],
  ['an old one that was lost', { ...failed, images: [7002, 7003, 7004] }, 'of the old snapshots'],
  ['another one for the night', good({ chosen: 7004 }), 'would take 7004'],
  ['a number that all its servers would have', good({ machineId: 'ffff' }), 'machine-id'],
  ['a number that is not there at all', good({ machineId: undefined }), 'machine-id'],
  ['the token', good({ output: `${good().output} ${'t'.repeat(64)}` }), 'the token'],
])('finds %s', (_, played, problem) => {
  expect(snapshotProblems(played).join('\n')).toContain(problem);
});
