import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { serveProviders } from '../src/provider/serve-providers.ts';
import { createRunTerraform, type RunTerraform } from '../src/terraform/run-terraform.ts';
import { MAIN, type Run, run } from './run-program.ts';

/** `--plan` on plans that Terraform itself made of something that is there, as a deployment does before it applies. */
const FIXTURE = fileURLToPath(new URL('fixtures/holding', import.meta.url));
let folder: string;
let environment: string;
let terraform: RunTerraform;
let stop: () => void;

async function said(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await terraform(environment, args);
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

/** Plans with these arguments and judges what `terraform show -json` prints. */
async function judge(args: readonly string[], mode: readonly string[]): Promise<Run> {
  await said(['plan', '-input=false', '-out=next.tfplan', ...args]);
  const file = join(folder, 'plan.json');
  writeFileSync(file, await said(['show', '-json', 'next.tfplan']));
  return run(MAIN, ['--folder', folder, '--environment', 'dev', '--plan', file, ...mode]);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-holding-'));
  cpSync(FIXTURE, folder, { recursive: true });
  environment = join(folder, 'environments/dev');
  const providers = await serveProviders();
  stop = providers.stop;
  terraform = createRunTerraform(providers.reattach);
  await said(['init', '-input=false']);
  await said(['apply', '-input=false', '-auto-approve']);
});

afterAll(() => {
  stop();
  rmSync(folder, { recursive: true });
});

test('a plan that destroys nothing but what can be made again passes', async () => {
  const { code, out } = await judge(['-var=with_account=false'], []);
  expect(out).toMatch(/0 created, 0 updated, 0 replaced, 1 destroyed, 0 forgotten/u);
  expect(out).toMatch(/^✓ dev: policies .* \d+ policies on 3 resources$/mu);
  expect(code).toBe(0);
});

test('one that replaces what holds data is stopped, where Terraform was told to let it pass', async () => {
  const override = join(environment, 'queues_override.tf');
  writeFileSync(override, 'resource "cloudflare_queue" "this" {\n  lifecycle { prevent_destroy = false }\n}\n');
  onTestFinished(() => rmSync(override));
  const { code, out } = await judge(['-replace=cloudflare_queue.this["deliveries"]'], []);
  expect(out).toMatch(/^✗ dev: policies .* \d+ policies on 4 resources$/mu);
  expect(out).toMatch(/0 created, 0 updated, 1 replaced, 0 destroyed, 0 forgotten/u);
  expect(out).toContain(
    'environments/dev/queues.tf:1 cloudflare_queue.this["deliveries"]: The plan replaces it, and with it the ' +
      'deliveries that wait in it. Destroyed data does not return, and a replacement starts empty. ' +
      'Next: Undo the change.',
  );
  expect(code).toBe(1);
});

test('one that destroys it, because its block is gone and prevent_destroy with it, is stopped', async () => {
  rmSync(join(environment, 'queues.tf'));
  const { code, out } = await judge([], ['--json']);
  expect(JSON.parse(out)).toMatchObject({
    passed: false,
    outcomes: [{ name: 'dev: policies', problems: [expect.any(String), expect.any(String)] }],
    environment: 'dev',
    changes: { created: 0, updated: 0, replaced: 0, destroyed: 2, forgotten: 0 },
    violations: ['deliveries', 'deliveries-dead'].map(name => ({
      policy: 'No plan destroys what holds data',
      resource: `cloudflare_queue.this["${name}"]`,
      what: 'The plan destroys it, and with it the deliveries that wait in it.',
      next:
        'Put it back. ' +
        'Where it is meant, a person saves the data and does it by hand (terraform/README.md, Teardown).',
    })),
  });
  expect(code).toBe(1);
});

test('a file that is no plan is refused by a sentence, and judged as nothing', async () => {
  const file = join(folder, 'no-plan.json');
  writeFileSync(file, '{"format_version":"1.2"}');
  const { code, out, errors } = await run(MAIN, ['--folder', folder, '--environment', 'dev', '--plan', file]);
  expect(errors).toContain('no-plan.json is no plan: make it by terraform show -json <saved plan>.');
  expect(out).toBe('');
  expect(code).toBe(2);
});
