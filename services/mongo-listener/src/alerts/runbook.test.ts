import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ALERT_CATALOGUE } from './alert-catalogue.ts';

it('has every alert in the runbook, word for word', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const section = readme.split('### Alerts\n')[1]?.split('\n### ')[0] ?? '';
  const rows = section.split('\n').filter(line => line.startsWith('|'));

  expect(rows).toEqual([
    '| alert | level | what it means | what to do |',
    '| --- | --- | --- | --- |',
    ...Object.entries(ALERT_CATALOGUE).map(
      ([kind, { level, means, action }]) => `| \`${kind}\` | ${level} | ${means} | ${action} |`,
    ),
  ]);
});
