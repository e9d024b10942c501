import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENVIRONMENTS, resourceName } from './environment-values.ts';
import { readEnvironment } from './read-environment.ts';
import { parseOutputs } from './terraform-outputs.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const VALUES = 'terraform/environments/prod/terraform.tfvars.json';

describe('readEnvironment', () => {
  it.each(ENVIRONMENTS)('reads %s as it is in this repository', async name => {
    const read = await readEnvironment(ROOT, name);
    expect(read).toMatchObject({ ok: true, value: { name, terraform: { environment: name } } });
  });

  it('says which environments there are', async () => {
    expect(await readEnvironment(ROOT, 'production')).toEqual({
      ok: false,
      error: {
        kind: 'unknown_environment',
        sentence: 'There is no environment "production". Say --env dev, --env staging, or --env prod.',
      },
    });
    expect(await readEnvironment(ROOT, undefined)).toMatchObject({ ok: false, error: { kind: 'unknown_environment' } });
  });

  describe('with files that are wrong', () => {
    let root: string;
    beforeEach(async () => {
      root = await mkdtemp(join(tmpdir(), 'innkeeper-environment-'));
      for (const folder of ['terraform/environments/prod', 'packages/deployment/settings']) {
        await cp(join(ROOT, folder), join(root, folder), { recursive: true, verbatimSymlinks: true });
      }
    });
    afterEach(() => rm(root, { recursive: true }));

    const change = async (from: string, to: string): Promise<void> => {
      const path = join(root, VALUES);
      const text = await readFile(path, 'utf8');
      expect(text).toContain(from);
      await writeFile(path, text.replace(from, to));
    };
    const sentence = async (): Promise<string | undefined> => {
      const read = await readEnvironment(root, 'prod');
      return read.ok ? undefined : read.error.sentence;
    };

    it('names the value', async () => {
      await change('"region": "europe-west3"', '"regoin": "europe-west3"');
      expect(await sentence()).toMatch(/terraform\.tfvars\.json: google\.region: /u);
    });

    it('refuses the values of another environment', async () => {
      await change('"environment": "prod"', '"environment": "dev"');
      expect(await sentence()).toBe('terraform/environments/prod holds the values of dev.');
    });

    it('names a file that is missing', async () => {
      await rm(join(root, 'packages/deployment/settings/prod.json'));
      expect(await sentence()).toBe('packages/deployment/settings/prod.json cannot be read: ENOENT.');
    });

    it('names a file that is no JSON', async () => {
      await change('{', '');
      expect(await sentence()).toBe(`${VALUES} is not JSON.`);
    });
  });
});

describe('parseOutputs', () => {
  it('names every output that is missing, and shows no value', () => {
    const parsed = parseOutputs('{"qdrant":{"value":{"cluster_id":"a","url":"not an address"}}}');
    expect(parsed).toMatchObject({ ok: false, error: { kind: 'unreadable_file' } });
    const sentence = parsed.ok ? '' : parsed.error.sentence;
    expect(sentence).toMatch(/nodes: .*; functions: /u);
    expect(sentence).not.toContain('not an address');
  });
});

describe('resourceName', () => {
  it('is plain in prod and carries the environment elsewhere', () => {
    expect(resourceName('guesty-deliveries', 'prod')).toBe('guesty-deliveries');
    expect(resourceName('guesty-deliveries', 'dev')).toBe('guesty-deliveries-dev');
  });
});
