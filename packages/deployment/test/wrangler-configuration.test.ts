import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Ajv, type ValidateFunction } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENVIRONMENTS } from '../src/environment/environment-values.ts';
import { exampleDescribed } from '../src/testing/example-described.ts';
import { allConfigurations, writeConfiguration } from '../src/worker-configuration/write-configurations.ts';

const ROOT = join(import.meta.dirname, '../../..');
const WRANGLER = join(import.meta.dirname, '../node_modules/wrangler');
const run = promisify(execFile);

describe('the Workers', () => {
  let validate: ValidateFunction;
  beforeAll(async () => {
    const schema: unknown = JSON.parse(await readFile(join(WRANGLER, 'config-schema.json'), 'utf8'));
    validate = new Ajv({ strict: false, allErrors: true }).compile(schema as object);
  });

  it.each(ENVIRONMENTS)('of %s have configurations that wrangler’s own schema takes', async environment => {
    const made = await allConfigurations(ROOT, await exampleDescribed(ROOT, environment));
    if (!made.ok) throw new Error(made.error.sentence);
    for (const [worker, configuration] of made.value) {
      validate(configuration);
      expect({ worker, errors: validate.errors }).toEqual({ worker, errors: null });
    }
  });
});

describe('wrangler itself', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-dry-run-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('bundles a Worker with its written configuration and knows every binding', async () => {
    const made = await allConfigurations(ROOT, await exampleDescribed(ROOT, 'staging'));
    const configuration = made.ok ? made.value.get('guesty-webhook') : undefined;
    if (configuration === undefined) throw new Error('no configuration');
    const path = await writeConfiguration(ROOT, 'staging', 'guesty-webhook', configuration);
    const args = [
      join(WRANGLER, 'bin/wrangler.js'),
      'versions',
      'upload',
      '--dry-run',
      '--config',
      path,
      '--outdir',
      folder,
    ];
    const environment = { ...process.env, HOME: folder, WRANGLER_SEND_METRICS: 'false' };
    const { stdout, stderr } = await run(process.execPath, args, { cwd: folder, env: environment });
    expect(`${stdout}${stderr}`).not.toMatch(/WARNING|ERROR/u);
    for (const bound of [
      'guesty-deliveries-staging',
      'innkeeper-overflow-staging',
      'GuestySubscription',
      'PUBLIC_URL',
      'VERSION',
    ]) {
      expect(stdout).toContain(bound);
    }
  });
});
