import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sopsSwarmFile } from './sops-swarm-file.ts';

/** Written by sops 3.13.3 from invented values, for a key that was thrown away. */
const ENCRYPTED = readFileSync(join(import.meta.dirname, '__fixtures__/swarm.sops.yaml'), 'utf8');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'swarm-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const read = (text: string) => {
  const path = join(folder, 'swarm.sops.yaml');
  writeFileSync(path, text);
  return sopsSwarmFile(path).read();
};

test('what sops leaves in the clear: names that have a value, and when it was written', async () => {
  expect(await read(ENCRYPTED)).toEqual({
    ok: true,
    value: {
      names: ['mongodb_keyfile', 'nats_password'],
      inTheClear: [],
      notText: [],
      modifiedAtMs: Date.parse('2026-11-22T06:27:53Z'),
    },
  });
});

test('a value that somebody wrote beside sops stands out', async () => {
  const facts = await read(ENCRYPTED.replace(/nats_password: ENC\[.*\]/u, 'nats_password: "in the clear"'));
  expect(facts).toMatchObject({ ok: true, value: { inTheClear: ['nats_password'] } });
});

test('a value that was taken for a number stands out', async () => {
  const facts = await read(ENCRYPTED.replace(/(nats_password: .*)type:str/u, '$1type:float'));
  expect(facts).toMatchObject({ ok: true, value: { inTheClear: [], notText: ['nats_password'] } });
});

test('no file is no failure', async () => {
  expect(await sopsSwarmFile(join(folder, 'nothing')).read()).toEqual({ ok: true, value: undefined });
});

test.each(['swarm_secrets:\n  one: canary\n', 'canary: [', ''])(
  '%j is not written by sops, and not repeated',
  async text => {
    const facts = await read(text);
    expect(facts.ok ? '' : facts.error).toContain('is not written by sops. Next: secrets/README.md');
    expect(JSON.stringify(facts)).not.toContain('canary');
  },
);
