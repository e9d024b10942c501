import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FunctionSource, functionBundler } from '../src/functions/bundle-function.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FRAMEWORK = '@google-cloud/functions-framework';
const run = promisify(execFile);
let folder: string;
let bundle: (variables: Record<string, string>) => Promise<FunctionSource>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-bundle-'));
  const bundler = functionBundler({ root: ROOT, folder });
  bundle = async variables => {
    const made = await bundler({
      source: 'functions/backup',
      name: 'launch',
      variables,
      settings: { memory: '512Mi' },
    });
    if (!made.ok) throw new Error(made.error.sentence);
    return made.value;
  };
});
afterAll(() => rm(folder, { recursive: true }));

describe('functionBundler', () => {
  it('makes the same of the same, and another hash of another variable', async () => {
    const first = await bundle({ A: '1', B: '2' });
    expect((await bundle({ B: '2', A: '1' })).contentHash).toBe(first.contentHash);
    expect((await bundle({ A: '1', B: '3' })).contentHash).not.toBe(first.contentHash);
    expect(JSON.parse(await readFile(first.variablesFile, 'utf8'))).toEqual({ A: '1', B: '3' });
  });

  it('makes one file that runs beside the framework alone', async () => {
    const { folder: source } = await bundle({});
    const description: unknown = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
    const { version } = JSON.parse(
      await readFile(join(ROOT, 'functions/backup/node_modules', FRAMEWORK, 'package.json'), 'utf8'),
    ) as { version: string };
    expect(description).toMatchObject({ main: 'index.js', type: 'module', dependencies: { [FRAMEWORK]: version } });
    // As Google's build leaves it: what package.json names, and nothing of this workspace.
    await mkdir(join(source, 'node_modules/@google-cloud'), { recursive: true });
    await symlink(join(ROOT, 'functions/backup/node_modules', FRAMEWORK), join(source, 'node_modules', FRAMEWORK));
    const failed = await run(process.execPath, [join(source, 'index.js')], { env: { PATH: '' } }).catch(
      (error: unknown) => error,
    );
    expect(String(failed)).toContain('backup cannot start, its configuration is incomplete');
    expect(String(failed)).toContain('GOOGLE_CLOUD_PROJECT: missing');
  });
});
