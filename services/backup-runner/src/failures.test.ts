import { readFile } from 'node:fs/promises';
import { RunnerFailure } from '@innkeeper/shared/contracts/backup/failure';
import { expect, it } from 'vitest';

it('has every failure of the runner in the README, in the order of the contract', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const section = readme.split('## Failures\n')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').flatMap(line => /^\| `(\w+)` \| \S.*\. \|$/u.exec(line)?.[1] ?? []);
  expect(rows).toEqual(RunnerFailure.options);
});
