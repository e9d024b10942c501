import { expect, test } from 'vitest';
import { daemonProblems } from './daemon-settings.ts';

const daemon = (Soft: number, Hard = 64_000) => ({ 'default-ulimits': { nofile: { Name: 'nofile', Soft, Hard } } });

test('containers may open what MongoDB asks for', () => {
  expect(daemonProblems(daemon(64_000))).toEqual([]);
});

test.each([
  ['too few', daemon(1024), 'a container may open 1024 files'],
  ['whatever containerd gives', { mtu: 1400 }, 'default-ulimits'],
])('%s is told', (_, settings, sentence) => {
  expect(daemonProblems(settings).join()).toContain(sentence);
});
