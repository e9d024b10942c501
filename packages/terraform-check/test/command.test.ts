import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { MAIN, run } from './run-program.ts';

const PROVIDER = fileURLToPath(new URL('../src/provider/main.ts', import.meta.url));
const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

test('a line for each step, and what was counted', async () => {
  const { code, out } = await run(MAIN, ['--folder', fixture('small')]);
  expect(out).toMatch(/^✓ dev: plan +\d+\.\d s {2}1 resources$/mu);
  expect(out).toMatch(/^ {2}! environments\/dev\/main\.tf:23: Check block assertion failed/mu);
  expect(out).toMatch(/^6 arguments of 1 resource types and 0 data sources, held against \d+ attributes of real/mu);
  expect(out).toMatch(/^\d+ rules and \d+ policies, each with an example that breaks it$/mu);
  expect(out).toMatch(/^0 runs of Terraform's own tests$/mu);
  expect(out).toMatch(/^resources: dev 1$/mu);
  expect(code).toBe(0);
});

test('what is wrong ends it with 1, as JSON where that is asked for', async () => {
  const { code, out } = await run(MAIN, ['--folder', fixture('no-hcl'), '--json']);
  expect(JSON.parse(out)).toMatchObject({
    passed: false,
    outcomes: [{ name: 'syntax', problems: [expect.stringContaining('this is no HCL')] }],
  });
  expect(code).toBe(1);
});

test.each([
  [['--environment', 'qa'], '"qa" is no environment. There are dev.'],
  [['--plan', 'plan.json'], '--plan needs exactly one --environment.'],
])('%j is refused by a sentence', async (args, sentence) => {
  const { code, errors } = await run(MAIN, ['--folder', fixture('sound'), ...args]);
  expect(errors).toContain(sentence);
  expect(code).toBe(2);
});

test('without Terraform it says what to install', async () => {
  const { code, errors } = await run(MAIN, ['--folder', fixture('sound')], { PATH: '/nowhere' });
  expect(errors).toContain('Install Terraform 1.11 or newer');
  expect(code).toBe(2);
});

test('a command beside the provider server is told where it is, and ends it as it ends', async () => {
  const print = ['-e', 'console.log(process.env.TF_REATTACH_PROVIDERS); process.exitCode = 3'];
  const { code, out } = await run(PROVIDER, [process.execPath, ...print]);
  expect(Object.keys(JSON.parse(out) as object).sort()).toEqual([
    'cloudflare/cloudflare',
    'hashicorp/google',
    'hetznercloud/hcloud',
    'qdrant/qdrant-cloud',
  ]);
  expect(code).toBe(3);
  expect((await run(PROVIDER, ['no-such-command'])).code).toBe(127);
});
