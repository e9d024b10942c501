import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIME_SECRETS } from '@innkeeper/secrets/catalogue/runtime-secrets';
import { SWARM_SECRETS } from '@innkeeper/secrets/catalogue/swarm-secrets';
import { CHAT_TOPICS } from '@innkeeper/shared/contracts/chat-change';
import { parse as parseJsonc } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readDeployableConfig } from '../configuration/config-table.ts';

/** The names that infrastructure and code have to share, read from both. */
const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const Names = z.array(z.string());
/** Order says nothing here. */
const setOf = (names: Iterable<string | undefined>): ReadonlySet<string | undefined> => new Set(names);

const Manifest = z.record(
  z.string(),
  z.object({
    source: z.string(),
    entryPoint: z.string(),
    trigger: z.object({ kind: z.string(), document: z.string().optional() }),
    secrets: z.record(z.string(), z.string()),
    optionalSecrets: z.array(z.string()).default([]),
    timeoutSeconds: z.number(),
  }),
);
const manifest = Manifest.parse(JSON.parse(read('functions/manifest.json')));

const Wrangler = z.object({
  queues: z
    .object({
      producers: z.array(z.object({ queue: z.string() })),
      consumers: z.array(z.object({ queue: z.string(), dead_letter_queue: z.string().optional() })),
    })
    .optional(),
  r2_buckets: z.array(z.object({ bucket_name: z.string() })).optional(),
});
const workers = globSync('workers/*/wrangler.jsonc', { cwd: ROOT }).map(file => Wrangler.parse(parseJsonc(read(file))));

/** What an environment may lack; a schema's own default is for tests and the local stack. */
const OPTIONAL_IDS = setOf(RUNTIME_SECRETS.filter(({ isOptional }) => isOptional).map(({ id }) => id));

/** By a call of the framework, or in the list that functions/backup registers. */
const REGISTERED = /\b(?:cloudEvent|http)\('([a-z-]+)'|^ {4}([a-z-]+): \{ bodyBytesMax/gmu;

describe('functions/manifest.json', () => {
  it('names every function that is registered, and no other', () => {
    const registered = globSync('functions/*/src/**/*.ts', { cwd: ROOT }).flatMap(file =>
      [...read(file).matchAll(REGISTERED)].map(([, called, listed]) => called ?? listed),
    );
    expect(setOf(Object.keys(manifest))).toEqual(setOf(registered));
    for (const [name, { entryPoint }] of Object.entries(manifest)) expect(entryPoint).toBe(name);
  });

  it.each(['functions/backup', 'functions/vectorize'])(
    'gives the functions of %s every secret it reads',
    async source => {
      const config = readDeployableConfig(source, await import(join(ROOT, source, 'src/config.ts')));
      const secrets = config.variables.filter(({ isSecret }) => isSecret).map(({ name }) => name);
      const deployed = Object.values(manifest).filter(entry => entry.source === source);
      expect(deployed).not.toHaveLength(0);
      for (const entry of deployed) expect(setOf(Object.keys(entry.secrets))).toEqual(setOf(secrets));
    },
  );

  it.each(['functions/backup', 'functions/vectorize'])(
    'leaves out of the functions of %s only what the catalogue calls optional and their schema can do without',
    async source => {
      const config = readDeployableConfig(source, await import(join(ROOT, source, 'src/config.ts')));
      const dispensable = config.variables.filter(({ fallback }) => fallback !== undefined).map(({ name }) => name);
      for (const { secrets, optionalSecrets } of Object.values(manifest).filter(entry => entry.source === source)) {
        const optional = Object.keys(secrets).filter(name => OPTIONAL_IDS.has(secrets[name]));
        expect(setOf(optionalSecrets)).toEqual(setOf(optional));
        expect(dispensable).toEqual(expect.arrayContaining(optionalSecrets));
      }
    },
  );
});

describe('terraform/modules', () => {
  it('has the topics of the listener', () => {
    const topics = /topics = toset\(\[(.*)\]\)/u.exec(read('terraform/modules/gcp/pubsub/main.tf'))?.[1];
    expect(setOf(Names.parse(JSON.parse(`[${topics}]`)))).toEqual(setOf(Object.values(CHAT_TOPICS)));
  });

  it('has the queues and buckets that Workers are bound to', () => {
    const queues = new Set(
      workers.flatMap(({ queues }) => [
        ...(queues?.producers ?? []).map(({ queue }) => queue),
        ...(queues?.consumers ?? []).flatMap(({ queue, dead_letter_queue: dead }) => [queue, dead ?? queue]),
      ]),
    );
    const declared = /variable "delivery_queues"[\s\S]*?default\s*= (\[.*\])/u.exec(
      read('terraform/modules/cloudflare/variables.tf'),
    )?.[1];
    const names = Names.parse(JSON.parse(declared ?? '[]'));
    expect(setOf(names.flatMap(name => [name, `${name}-dead`]))).toEqual(queues);

    const buckets = new Set(workers.flatMap(worker => (worker.r2_buckets ?? []).map(bucket => bucket.bucket_name)));
    const made = [...read('terraform/modules/cloudflare/buckets.tf').matchAll(/name\s+= "(.*)\$\{local\.suffix\}"/gu)];
    expect(setOf(made.map(([, name]) => name))).toEqual(buckets);
  });

  it('locks backups for as long as the vault refuses to delete them', async () => {
    const config = readDeployableConfig(
      'workers/backup-vault',
      await import(join(ROOT, 'workers/backup-vault/src/config.ts')),
    );
    const age = (name: string): string | undefined =>
      config.variables.find(variable => variable.name === name)?.fallback;
    const variables = read('terraform/modules/cloudflare/variables.tf');
    const locked = (name: string): string | undefined =>
      new RegExp(`variable "${name}"[\\s\\S]*?default\\s*= (\\d+)`, 'u').exec(variables)?.[1];
    expect(`\`${locked('vault_data_age_seconds')}\``).toBe(age('VAULT_DATA_AGE_MIN_S'));
    expect(`\`${locked('vault_snapshot_age_seconds')}\``).toBe(age('VAULT_SNAPSHOT_AGE_MIN_S'));
  });

  it('makes every account of Google that somebody is told to make a key of', () => {
    const accounts = SWARM_SECRETS.flatMap(({ origin }) => (origin.kind === 'google_key' ? [origin.account] : []));
    const made = [...read('terraform/modules/gcp/identity/swarm.tf').matchAll(/account_id\s+= "(.*)"/gu)];
    expect(setOf(made.map(([, account]) => account))).toEqual(setOf(accounts));
  });

  it('lets through the paths that Workers take, and no other webhook', () => {
    const rules = read('terraform/modules/cloudflare/rules.tf');
    const allowed = [...rules.matchAll(/\(var\.hostnames\.\w+\)\s+= "(.*)"/gu)].map(([, path]) => path);
    const taken = globSync('workers/*/src/handler.ts', { cwd: ROOT }).flatMap(file =>
      [...read(file).matchAll(/\bpath: '(.*)'/gu)].map(([, path]) => path),
    );
    expect(setOf(allowed)).toEqual(setOf(taken));
  });
});
