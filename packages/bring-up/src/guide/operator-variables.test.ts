import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { readEnvironment } from '@innkeeper/deployment/environment/read-environment';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { asExports, operatorVariables } from './operator-variables.ts';

const ROOT = join(import.meta.dirname, '../../../..');

it('addresses are those of the environment', async () => {
  const read = await readEnvironment(ROOT, 'prod');
  if (!read.ok) throw new Error(read.error.sentence);
  const { hostnames, google } = read.value.terraform;
  expect(operatorVariables(read.value)).toMatchObject({
    GOOGLE_CLOUD_PROJECT: google.project_id,
    QUESTIONS_URL: `https://${hostnames.llm_query}/questions`,
    BACKUP_LAUNCH_URL: `https://launch-${google.project_number}.${google.region}.run.app`,
  });
});

it('a shell reads every value as it was', () => {
  const values = fc.sample(fc.string({ unit: 'grapheme-ascii' }), { numRuns: 200, seed: 20 });
  const variables = Object.fromEntries(values.map((value, index) => [`V${index}`, value]));
  const names = Object.keys(variables).map(name => `"$${name}"`);
  const script = `${asExports(variables)}\nprintf '%s\\0' ${names.join(' ')}`;
  expect(execFileSync('bash', ['-c', script]).toString('utf8').split('\0').slice(0, -1)).toEqual(values);
});
