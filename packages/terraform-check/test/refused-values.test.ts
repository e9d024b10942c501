import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { serveProviders } from '../src/provider/serve-providers.ts';
import { type Copy, copyConfiguration } from '../src/terraform/copy-configuration.ts';
import { readDiagnostics } from '../src/terraform/read-diagnostics.ts';
import { createRunTerraform, type RunTerraform } from '../src/terraform/run-terraform.ts';

/** What an operator may get wrong in prod's own values, with the sentence that says so; many mistakes, one plan. */
const TERRAFORM = fileURLToPath(new URL('../../../terraform', import.meta.url));
const VALUES = 'terraform.tfvars.json';
type Values = Record<string, Record<string, unknown>>;

let copy: Copy;
let folder: string;
let terraform: RunTerraform;
let stop: () => void;
let values: Values;

beforeAll(async () => {
  copy = copyConfiguration(TERRAFORM);
  folder = join(copy.root, 'environments/prod');
  values = z.record(z.string(), z.any()).parse(JSON.parse(readFileSync(join(folder, VALUES), 'utf8'))) as Values;
  const providers = await serveProviders();
  stop = providers.stop;
  terraform = createRunTerraform(providers.reattach);
  await terraform(folder, ['init', '-input=false']);
});

afterAll(() => {
  stop();
  copy.remove();
});

/** What Terraform says, sorted, without where the rule stands. */
async function saidOf(wrong: object): Promise<readonly string[]> {
  writeFileSync(join(folder, VALUES), JSON.stringify(wrong));
  const secrets = { webhook_password: 'given-for-a-plan-alone', qdrant_cloud_api_key: 'given-for-a-plan-alone' };
  const run = await terraform(folder, ['plan', '-json', '-input=false'], secrets);
  expect(run.exitCode).toBe(1);
  const { problems, warnings } = readDiagnostics(run, 'environments/prod');
  return [...problems, ...warnings]
    .map(problem => problem.replace(/^[^ ]+ /u, '').replace(/ This was checked by .*$/u, ''))
    .toSorted();
}

test('what cannot be is refused before anything is made, each by a sentence that says what can', async () => {
  const said = await saidOf({
    ...values,
    environment: 'qa',
    hetzner: { ...values['hetzner'], location: 'nbg2', backup_ip_range: '10.30.2.0/33' },
    google: { ...values['google'], region: 'europe-west1', firestore_location: 'eur3' },
    cloudflare: { ...values['cloudflare'], account_id: 'innkeeper', tokens_expire_on: '2026-01-01T00:00:00Z' },
    backup: {
      ...values['backup'],
      servers: [{ type: 'cpx12', location: 'ash' }],
      ssh_key: 'somebody',
      filer_paths: [],
    },
  });
  const invalid = 'Invalid value for variable: ';
  expect(said).toEqual(
    [
      `${invalid}The environment must be dev, staging or prod.`,
      `${invalid}These are another environment's values: terraform.tfvars.json lies in a folder of another name.`,
      `${invalid}The location must be fsn1, nbg1 or hel1 (Hetzner's places in the zone eu-central).`,
      `${invalid}The subnet of the backup server must be an IPv4 range in CIDR form, such as 10.20.2.0/24.`,
      `${invalid}The functions must run where Firestore's triggers do: europe-west4 for eur3, else the same region.`,
      `${invalid}The account's id must be 32 hexadecimal digits: \`wrangler whoami\` shows it.`,
      `${invalid}Name at least two types or places for the backup server: what can be ordered changes by the week.`,
      `${invalid}Backup servers must be of today's x86 types, in fsn1, nbg1 or hel1: one snapshot serves all.`,
      `${invalid}The backup server's SSH key must be one of hetzner.ssh_keys.`,
      `${invalid}A filer's folder needs an absolute path, a sentinel and a least number of files.`,
      `Check block assertion failed: Cloudflare's tokens end on 2026-01-01T00:00:00Z: move the date, apply, roll them.`,
    ].toSorted(),
  );
});

test('a variable that is missing is named', async () => {
  const { domain: _, ...without } = values;
  expect(await saidOf(without)).toEqual([
    expect.stringMatching(/^No value for required variable: The root module input variable "domain" is not set/u),
  ]);
});
