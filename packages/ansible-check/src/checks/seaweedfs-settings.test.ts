import { expect, test } from 'vitest';
import { seaweedfsProblems } from './seaweedfs-settings.ts';
import { Stack } from './stack-problems.ts';

const master = {
  image: 'weed:4.44',
  command: ['master', '-port=9333'],
  configs: [{ source: 'seaweedfs_master', target: '/etc/seaweedfs/master.toml' }],
  healthcheck: { test: ['CMD', 'true'], timeout: '30s' },
};
const settings = '[master.maintenance]\nscripts = """\n  lock\n  volume.fix.replication -apply\n  unlock\n"""\n';
const problems = (changed: object, text = settings): string =>
  seaweedfsProblems(Stack.parse({ services: { master: { ...master, ...changed } } }), text).join('\n');

test('a master that mends copies and may think about its leader is well', () => {
  expect(problems({})).toBe('');
});

test.each([
  ['not at /etc/seaweedfs', { configs: [{ source: 'seaweedfs_master', target: '/etc/master.toml' }] }, settings],
  ['not at /etc/seaweedfs', { configs: undefined }, settings],
  ['never made again', {}, settings.replace(' -apply', '')],
  ['never made again', {}, settings.replace('  lock\n', '')],
  ['while there is no leader', { healthcheck: { ...master.healthcheck, timeout: '5s' } }, settings],
])('%s is told', (sentence, changed, text) => {
  expect(problems(changed, text)).toContain(sentence);
});
