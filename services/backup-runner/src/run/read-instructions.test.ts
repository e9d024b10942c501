import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInstructions } from './read-instructions.ts';

const TOKEN = 'S'.repeat(43);
const GOOD = { v: 1, runId: '2026-11-21', exchangeUrl: 'https://exchange.example/', token: TOKEN };

let file: string;
beforeAll(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'instructions-')), 'run.json');
});
afterAll(() => rm(join(file, '..'), { recursive: true }));

describe('instructions', () => {
  it('are read', async () => {
    await writeFile(file, JSON.stringify(GOOD));
    expect(await readInstructions(file)).toEqual({ ok: true, value: GOOD });
  });

  it.each([
    ['cut off', JSON.stringify(GOOD).slice(0, -10), 'is no JSON'],
    ['empty', '', 'is no JSON'],
    ['of another version', JSON.stringify({ ...GOOD, v: 2 }), 'is not what the function writes: v'],
    ['without a token', JSON.stringify({ ...GOOD, token: undefined }), 'is not what the function writes: token'],
    ['with a short token', JSON.stringify({ ...GOOD, token: 'S' }), 'is not what the function writes: token'],
    [
      'with something more',
      JSON.stringify({ ...GOOD, hcloudToken: TOKEN }),
      'is not what the function writes: unrecognized_keys',
    ],
    ['that are a list', '[]', 'is not what the function writes: invalid_type'],
  ])('%s are refused, and the token is not quoted', async (_what, text, problem) => {
    await writeFile(file, text);
    const read = await readInstructions(file);
    expect(read).toEqual({ ok: false, error: { problem } });
  });

  it('that are not there are refused', async () => {
    expect(await readInstructions(`${file}.not`)).toEqual({ ok: false, error: { problem: 'cannot be read (ENOENT)' } });
  });
});
