import { globSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENVIRONMENTS } from '../environment/environment-values.ts';
import { functionVariables } from '../functions/function-variables.ts';
import { type Manifest, readManifest } from '../functions/manifest.ts';
import { exampleDescribed } from '../testing/example-described.ts';
import { workerVariables } from './worker-variables.ts';

/** What deployables ask for, by their own schemas; what is secret, by the catalogue. Both are loaded by path. */
interface Variable {
  readonly name: string;
  readonly isSecret: boolean;
  readonly fallback: string | undefined;
}
type ReadConfig = (folder: string, module: unknown) => { readonly variables: readonly Variable[] };
type SecretsOfWorker = (
  worker: string,
) => readonly { readonly variable: string; readonly entry: { isOptional?: true } }[];

const ROOT = join(import.meta.dirname, '../../../..');
const workers = globSync('*', { cwd: join(ROOT, 'workers') }).toSorted();

let readConfig: ReadConfig;
let secretsOfWorker: SecretsOfWorker;
let manifest: Manifest;
beforeAll(async () => {
  const table = (await import(join(ROOT, 'scripts/configuration/config-table.ts'))) as {
    readDeployableConfig: ReadConfig;
  };
  const catalogue = (await import(join(ROOT, 'packages/secrets/src/catalogue/catalogue.ts'))) as {
    secretsOfWorker: SecretsOfWorker;
  };
  readConfig = table.readDeployableConfig;
  ({ secretsOfWorker } = catalogue);
  const read = await readManifest(ROOT);
  if (!read.ok) throw new Error(read.error.sentence);
  manifest = read.value;
});

const variablesOf = async (folder: string): Promise<readonly Variable[]> =>
  readConfig(folder, await import(join(ROOT, folder, 'src/config.ts'))).variables;

describe.each(ENVIRONMENTS)('in %s', environment => {
  it.each(workers)(
    '%s gets every variable it needs, none that it does not know, and no secret among them',
    async worker => {
      const set = workerVariables(worker, await exampleDescribed(ROOT, environment));
      if (!set.ok) throw new Error(set.error.sentence);
      const asked = await variablesOf(`workers/${worker}`);
      const secrets = secretsOfWorker(worker).map(({ variable }) => variable);
      const needed = asked.filter(({ fallback }) => fallback === 'required' || fallback === undefined);
      const missing = needed.filter(({ name }) => !(name in set.value) && !secrets.includes(name));
      expect(missing).toEqual([]);
      expect(Object.keys(set.value).filter(name => !asked.some(variable => variable.name === name))).toEqual([]);
      expect(Object.keys(set.value).filter(name => secrets.includes(name))).toEqual([]);
      expect(asked.filter(({ name, isSecret }) => isSecret && name in set.value)).toEqual([]);
    },
  );

  it('every function gets every variable it needs, secrets by the manifest alone', async () => {
    const described = await exampleDescribed(ROOT, environment);
    expect(Object.keys(manifest)).not.toHaveLength(0);
    for (const [name, { source, secrets }] of Object.entries(manifest)) {
      const set = functionVariables(source, described);
      if (!set.ok) throw new Error(set.error.sentence);
      const asked = await variablesOf(source);
      const needed = asked.filter(({ fallback }) => fallback === undefined);
      expect({ name, missing: needed.filter(each => !(each.name in set.value) && !(each.name in secrets)) }).toEqual({
        name,
        missing: [],
      });
      expect(Object.keys(set.value).filter(variable => !asked.some(each => each.name === variable))).toEqual([]);
      expect(asked.filter(each => each.isSecret && each.name in set.value)).toEqual([]);
    }
  });
});

describe('what nobody has described', () => {
  it('is refused with the file to add it to', async () => {
    const described = await exampleDescribed(ROOT, 'dev');
    expect(workerVariables('new-worker', described)).toMatchObject({
      ok: false,
      error: { sentence: 'Nobody has said which variables the Worker new-worker gets.' },
    });
    expect(functionVariables('functions/new', described)).toMatchObject({ ok: false });
  });

  it('is a vault that nobody could open', async () => {
    const { values, outputs } = await exampleDescribed(ROOT, 'prod');
    const settings = { ...values.settings, vaultPublicKeys: [] };
    expect(workerVariables('backup-vault', { values: { ...values, settings }, outputs })).toMatchObject({
      ok: false,
      error: { nextStep: expect.stringContaining('settings/prod.json') as string },
    });
  });
});
