import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SECRETS, UNSET_WORKER_SECRETS } from '@innkeeper/secrets/catalogue/catalogue';
import { SECRET_FORMS } from '@innkeeper/secrets/catalogue/secret-form';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import * as z from 'zod';
import { readDeployableConfig } from '../configuration/config-table.ts';

/** The catalogue of `pnpm secrets` against everything that names a secret: whoever adds one there adds it here. */
const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const setOf = (names: Iterable<string>): ReadonlySet<string> => new Set(names);

const runtime = SECRETS.filter(({ store }) => store === 'secret_manager');
const Manifest = z.record(z.string(), z.object({ secrets: z.record(z.string(), z.string()) }));
const manifest = Manifest.parse(JSON.parse(read('functions/manifest.json')));
const ofFunctions = setOf(Object.values(manifest).flatMap(({ secrets }) => Object.values(secrets)));

describe('catalogue', () => {
  it('has every name once', () => {
    expect(setOf(SECRETS.map(({ id }) => id)).size).toBe(SECRETS.length);
  });

  it('says of copies what they are copies of', () => {
    const originals = SECRETS.flatMap(({ origin }) => ('of' in origin ? [origin.of] : []));
    expect(SECRETS.map(({ id }) => id)).toEqual(expect.arrayContaining(originals));
  });

  it('knows every form', () => {
    for (const { form } of SECRETS) expect(SECRET_FORMS).toHaveProperty(form);
  });
});

describe('functions/manifest.json', () => {
  it('names what the catalogue gives to functions, and nothing else', () => {
    expect(setOf(runtime.filter(({ readers }) => readers.functions).map(({ id }) => id))).toEqual(ofFunctions);
  });
});

describe('terraform', () => {
  it.each(['dev', 'staging', 'prod'])('makes a place in Secret Manager for every secret, in %s', environment => {
    const values = JSON.parse(read(`terraform/environments/${environment}/terraform.tfvars.json`)) as unknown;
    const { other_secrets: others } = z.object({ other_secrets: z.array(z.string()) }).parse(values);
    expect(setOf(others)).toEqual(setOf(runtime.map(({ id }) => id).filter(id => !ofFunctions.has(id))));
  });

  it('makes the tokens that are rolled', () => {
    const tokens = /tokens = \{([\s\S]*?)\n {2}\}\n/u.exec(read('terraform/modules/cloudflare/tokens.tf'))?.[1] ?? '';
    const made = [...tokens.matchAll(/^ {4}(\w+) = \{/gmu)].map(([, name = '']) => name);
    const rolled = SECRETS.flatMap(({ origin }) => (origin.kind === 'cloudflare_token' ? [origin.purpose] : []));
    expect(setOf(rolled)).toEqual(setOf(made));
  });
});

describe('workers', () => {
  it.each(globSync('workers/*/src/config.ts', { cwd: ROOT }).toSorted())('%s gets what it reads', async path => {
    const worker = basename(join(path, '../..'));
    const { variables } = readDeployableConfig(`workers/${worker}`, await import(join(ROOT, path)));
    const catalogued = runtime.flatMap(({ readers }) =>
      Object.entries(readers.workers ?? {}).flatMap(([name, variable]) => (name === worker ? [variable] : [])),
    );
    const secret = variables.filter(({ isSecret, name }) => isSecret && !(name in UNSET_WORKER_SECRETS));
    expect(catalogued).toEqual(expect.arrayContaining(secret.map(({ name }) => name)));
    // An id that belongs to a token is kept with it, though it is no secret by itself.
    expect(variables.map(({ name }) => name)).toEqual(expect.arrayContaining(catalogued));
    expect(setOf(catalogued).size).toBe(catalogued.length);
  });

  it('are the ones that the catalogue names', () => {
    const folders = globSync('workers/*/wrangler.jsonc', { cwd: ROOT }).map(path => basename(join(path, '..')));
    const named = runtime.flatMap(({ readers }) => Object.keys(readers.workers ?? {}));
    expect(folders).toEqual(expect.arrayContaining([...setOf(named)]));
  });
});

describe('ansible/group_vars/all/secrets.yml', () => {
  it('takes every secret of the Swarm, under the variables the catalogue says', () => {
    const taken = z.record(z.string(), z.string()).parse(parseYaml(read('ansible/group_vars/all/secrets.yml')));
    const catalogued = SECRETS.flatMap(({ id, readers }) =>
      (readers.swarm ?? []).map(variable => [variable, `{{ swarm_secrets.${id} }}`] as const),
    );
    expect(Object.fromEntries(catalogued)).toEqual(taken);
  });
});

describe('.github', () => {
  it('reads no secret that the catalogue does not know, and every one of its own', () => {
    const workflows = globSync('.github/**/*.yml', { cwd: ROOT }).map(read).join('\n');
    const used = [...workflows.matchAll(/\bsecrets\.([A-Z][A-Z0-9_]*)/gu)].map(([, name = '']) => name);
    const known = SECRETS.flatMap(({ readers }) => readers.github?.name ?? []);
    expect(setOf(used.filter(name => name !== 'GITHUB_TOKEN'))).toEqual(setOf(known));
  });
});
