import { vaultTokens } from '@innkeeper/shared/backup/vault-tokens';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { createCredentialCheck } from './credentials.ts';

const from = new Date('2026-11-21T02:30:00Z');
const until = new Date('2026-11-21T08:30:00Z');
const order = { subject: '2026-11-21', scope: 'append', repository: 'company', from, until, snapshotsMax: 8 } as const;
const basic = (text: string): string => `Basic ${btoa(text)}`;

let publicKey: JWK;
let token: string;
beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  publicKey = await exportJWK(pair.publicKey);
  token = await vaultTokens(await exportJWK(pair.privateKey), () => 'a-token').mint(order);
});

describe('credentials', () => {
  test('are a token as the password of any user', async () => {
    const check = createCredentialCheck([publicKey]);
    for (const user of ['run', '', 'a b', 'ü'.normalize('NFD').slice(0, 1)]) {
      expect(await check(basic(`${user}:${token}`), from)).toMatchObject({ ok: true, value: { jti: 'a-token' } });
    }
  });

  test.each([
    ['nothing', null],
    ['another scheme', 'Bearer abc'],
    ['no colon', basic('user')],
    ['no password', basic('user:')],
    ['no base64', 'Basic €€€'],
    ['half of base64', 'Basic a'],
    ['far too much', `Basic ${'a'.repeat(5_000)}`],
  ])('%s is no token', async (_what, authorization) => {
    expect(await createCredentialCheck([publicKey])(authorization, from)).toEqual({
      ok: false,
      error: 'token_missing',
    });
  });

  test('are valid in their window only, also once they are known', async () => {
    const check = createCredentialCheck([publicKey]);
    const at = async (instant: Date) => {
      const checked = await check(basic(`run:${token}`), instant);
      return checked.ok ? 'valid' : checked.error;
    };
    const second = 1_000;
    expect(await at(new Date(from.getTime() - second))).toBe('not_yet_valid');
    expect(await at(from)).toBe('valid');
    expect(await at(new Date(until.getTime() - second))).toBe('valid');
    expect(await at(until)).toBe('expired');
    expect(await at(from)).toBe('valid');
    expect(await at(new Date(from.getTime() - second))).toBe('not_yet_valid');
  });

  test('are known by every character of them', async () => {
    const check = createCredentialCheck([publicKey]);
    await check(basic(`run:${token}`), from);
    const [header, payload, signature = ''] = token.split('.');
    for (const forged of [
      `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
      `${header}.${payload}.`,
      `${header}.${payload?.slice(1)}.${signature}`,
      `${btoa('{"alg":"none"}')}.${payload}.`,
      `${token}.`,
    ]) {
      expect((await check(basic(`run:${forged}`), from)).ok).toBe(false);
    }
  });

  test('hold however many others are guessed or used meanwhile', async () => {
    const check = createCredentialCheck([publicKey]);
    for (let guess = 0; guess < 100; guess += 1) {
      expect((await check(basic(`run:${token}${guess}`), from)).ok).toBe(false);
      expect((await check(basic(`run:${token}`), from)).ok).toBe(true);
    }
  });
});
