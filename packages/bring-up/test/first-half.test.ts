import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { readEnvironment } from '@innkeeper/deployment/environment/read-environment';
import { parseOutputs } from '@innkeeper/deployment/environment/terraform-outputs';
import { functionVariables } from '@innkeeper/deployment/functions/function-variables';
import { readManifest } from '@innkeeper/deployment/functions/manifest';
import { allConfigurations } from '@innkeeper/deployment/worker-configuration/write-configurations';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { type ServedProviders, serveProviders } from '@innkeeper/terraform-check/provider/serve-providers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { codeLines } from '../src/guide/guide-commands.ts';
import { DOMAIN, inventAccounts, writtenFiles } from '../src/rehearsal/house/values.ts';

/** The first half of the way: an environment applied by Terraform, and what Workers and functions are told of it. */
const ROOT = join(import.meta.dirname, '../../..');
const ENVIRONMENT = 'staging';
const KEY = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), kid: 'of-the-test' };
const run = promisify(execFile);

let folder: string;
let providers: ServedProviders;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-first-half-'));
  providers = await serveProviders();
  const workers = (await readdir(join(ROOT, 'workers'))).map(name => `workers/${name}/wrangler.jsonc`);
  for (const path of ['terraform', 'functions/manifest.json', 'packages/deployment/settings', ...workers]) {
    await cp(join(ROOT, path), join(folder, path), {
      recursive: true,
      verbatimSymlinks: true,
      filter: source => !/\/\.terraform(?:\/|$)|\.tfstate/u.test(source),
    });
  }
  const files = writtenFiles(folder, ENVIRONMENT);
  await files.terraform(inventAccounts);
  await files.settings(settings => ({ ...settings, vaultPublicKeys: [KEY] }));
  await writeFile(at('backend.tf'), 'terraform {\n  backend "local" {}\n}\n');
});
afterAll(async () => {
  providers.stop();
  await rm(folder, { recursive: true });
});

const at = (file: string): string => join(folder, 'terraform/environments', ENVIRONMENT, file);

async function terraform(...words: readonly string[]): Promise<string> {
  const { stdout } = await run('terraform', [`-chdir=${dirname(at('main.tf'))}`, ...words], {
    maxBuffer: 256 * 1024 * 1024,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_REATTACH_PROVIDERS: providers.reattach,
      TF_VAR_webhook_password: 'password-of-the-on-call-webhook',
      TF_VAR_qdrant_cloud_api_key: 'management-key',
    },
  });
  return stdout;
}

function valueOf<T>(result: Result<T, { readonly sentence: string }>): T {
  if (!result.ok) throw new Error(result.error.sentence);
  return result.value;
}

interface Module {
  readonly resources: readonly { readonly type: string; readonly values: Readonly<Record<string, unknown>> }[];
  readonly child_modules: readonly Module[];
}
const Module: z.ZodType<Module> = z.lazy(() =>
  z.object({
    resources: z.array(z.object({ type: z.string(), values: z.record(z.string(), z.unknown()) })).default([]),
    child_modules: z.array(Module).default([]),
  }),
);
const State = z.object({ values: z.object({ root_module: Module }) });
const resourcesOf = (module: Module): Module['resources'] => [
  ...module.resources,
  ...module.child_modules.flatMap(resourcesOf),
];

it('what Terraform made stays as it is, and is what Workers bind and functions are told', async () => {
  await terraform('init', '-input=false');
  await terraform('apply', '-input=false', '-auto-approve');
  // Another type of server is for those to come: it would power off all that are there at once.
  await writtenFiles(folder, ENVIRONMENT).terraform(values => ({
    ...values,
    hetzner: { ...(values['hetzner'] as object), server_type: 'ccx63' },
  }));
  expect(await terraform('plan', '-input=false', '-no-color')).toContain('No changes.');
  const resources = resourcesOf(State.parse(JSON.parse(await terraform('show', '-json'))).values.root_module);
  const made = (type: string, key: string): unknown[] =>
    resources.filter(each => each.type === type).map(({ values }) => values[key]);
  expect(resources.length).toBeGreaterThan(200);

  const outputs = valueOf(parseOutputs(await terraform('output', '-json')));
  const values = valueOf(await readEnvironment(folder, ENVIRONMENT));
  const described = { values, outputs };
  const configurations = valueOf(await allConfigurations(folder, described));
  expect([...configurations.keys()]).toEqual((await readdir(join(ROOT, 'workers'))).toSorted());
  const bound = [...configurations.values()];
  const queues = bound.flatMap(({ queues: own }) => [
    ...(own?.producers ?? []).map(({ queue }) => queue),
    ...(own?.consumers ?? []).map(({ queue }) => queue),
  ]);
  expect(new Set(queues)).toEqual(new Set(made('cloudflare_queue', 'queue_name')));
  const buckets = bound.flatMap(({ r2_buckets: own = [] }) => own.map(each => each.bucket_name));
  expect(new Set(buckets)).toEqual(new Set(made('cloudflare_r2_bucket', 'name')));
  const hosts = bound.flatMap(({ routes = [] }) => (routes as { pattern: string }[]).map(({ pattern }) => pattern));
  expect(hosts.every(host => host.endsWith(`.${DOMAIN}`))).toBe(true);

  const manifest = valueOf(await readManifest(folder));
  const emails = made('google_service_account', 'email');
  expect(Object.keys(outputs.functions.service_accounts).toSorted()).toEqual(Object.keys(manifest).toSorted());
  expect(Object.values(outputs.functions.service_accounts).filter(email => !emails.includes(email))).toEqual([]);
  for (const source of new Set(Object.values(manifest).map(each => each.source))) {
    const told = functionVariables(source, described);
    expect(told).toEqual(ok(expect.objectContaining({ GOOGLE_CLOUD_PROJECT: values.terraform.google.project_id })));
    expect(JSON.stringify(told)).not.toMatch(/undefined|\bnull\b|NaN/u);
  }
}, 120_000);

it('goes for good as the guide says, and the vault stays', async () => {
  const guide = await readFile(join(ROOT, 'packages/bring-up/GUIDE.md'), 'utf8');
  const [, section = ''] = guide.split('## An environment that goes for good');
  const lines = codeLines(section).map(line => line.replaceAll(/\bENV\b/gu, ENVIRONMENT));
  const unprotect = lines.find(line => line.startsWith('git grep ')) ?? '';
  await run('bash', ['-ec', `git init --quiet && git add terraform && ${unprotect}`], { cwd: folder });
  const prefix = `terraform -chdir=terraform/environments/${ENVIRONMENT} `;
  const typed = lines.filter(line => line.startsWith(prefix)).map(line => line.slice(prefix.length).split(' '));
  expect(typed.map(([verb]) => verb)).toEqual(['state', 'apply', 'destroy']);
  for (const [verb = '', ...words] of typed) {
    await terraform(
      verb,
      ...(verb === 'state' ? words : ['-input=false', '-auto-approve', '-refresh=false', ...words]),
    );
  }
  const left = await terraform('state', 'list');
  expect(left).toContain('module.firestore.');
  expect(left).not.toMatch(/^module\.(?:network|swarm|cloudflare|qdrant)\.|google_billing_budget/mu);
});
