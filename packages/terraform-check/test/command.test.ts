import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const PROVIDER = fileURLToPath(new URL('../src/provider/main.ts', import.meta.url));
const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

interface Run {
  readonly code: unknown;
  readonly out: string;
  readonly errors: string;
}

function run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<Run> {
  return new Promise(resolve => {
    execFile(process.execPath, [program, ...args], { env: environment }, (error, out, errors) => {
      resolve({ code: error === null ? 0 : error.code, out, errors });
    });
  });
}

test('a line for each step, and what was counted', async () => {
  const { code, out } = await run(MAIN, ['--folder', fixture('small')]);
  expect(out).toMatch(/^✓ dev: plan +\d+\.\d s {2}1 resources$/mu);
  expect(out).toMatch(/^ {2}! environments\/dev\/main\.tf:23: Check block assertion failed/mu);
  expect(out).toMatch(/^6 arguments of 1 resource types and 0 data sources, held against \d+ attributes of real/mu);
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

test('a plan of a real environment is judged before it is applied', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-plan-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'plan.json');
  const bucket = {
    address: 'cloudflare_r2_bucket.backup',
    mode: 'managed',
    type: 'cloudflare_r2_bucket',
    name: 'backup',
  };
  const change = { actions: ['delete'], before: { name: 'innkeeper-backup' }, after: null };
  writeFileSync(file, JSON.stringify({ timestamp: '2026-11-22T00:00:00Z', resource_changes: [{ ...bucket, change }] }));
  const args = ['--folder', fixture('unsafe'), '--environment', 'prod', '--plan', file];
  const { code, out } = await run(MAIN, args);
  expect(out).toMatch(/main\.tf:\d+ cloudflare_r2_bucket\.backup: The plan destroys or replaces it\./u);
  expect(code).toBe(1);
  writeFileSync(file, 'no JSON');
  const unreadable = await run(MAIN, args);
  expect(unreadable.errors).toContain('plan.json is no plan: make it by terraform show -json <saved plan>.');
  expect(unreadable.code).toBe(2);
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
