import { isSignedBy, SIGNATURE_HEADER } from '@innkeeper/shared/backup/sign-request';
import type { BeginReply } from '@innkeeper/shared/contracts/backup/exchange';
import { RunInstructions } from '@innkeeper/shared/contracts/backup/instructions';
import { describe, expect, it } from 'vitest';
import { manualTime } from '../testing/manual-time.ts';
import { exchangeClient } from './exchange-client.ts';
import { newRunKey } from './run-key.ts';

const instructions = RunInstructions.parse({
  v: 1,
  runId: '2026-11-21',
  exchangeUrl: 'https://function.example/exchange',
  token: 'S'.repeat(43),
});
const ACCESS = {
  repository: 'rest:https://vault.example/company/',
  user: 'x',
  token: 'y',
  expiresAt: '2026-11-21T08:00:00Z',
};
const ORDER: BeginReply = {
  v: 1,
  protocol: 1,
  runId: instructions.runId,
  reportUrl: 'https://function.example/report',
  deadline: '2026-11-21T07:30:00.000Z',
  zone: 'Europe/Berlin',
  types: ['daily'],
  vault: ACCESS,
  resticPassword: 'p',
  mongodb: { uri: 'mongodb://x' },
  postgres: { uri: 'postgres://x' },
  filer: { addresses: ['filer:8888'], paths: [] },
  configuration: {},
  acceptSmaller: false,
  work: { sampleShare: 0.01, drill: false, prune: false },
};

async function start(reply: (asked: number) => Response) {
  const time = manualTime(Date.parse('2001-01-01T00:00:00Z')); // a clock that was never set
  const key = await newRunKey();
  const requests: { readonly body: string; readonly signature: string | null }[] = [];
  const client = exchangeClient({
    line: {
      time,
      random: () => 1,
      fetch: (_url, init) => {
        const signature = new Headers(init.headers).get(SIGNATURE_HEADER);
        requests.push({ body: init.body as string, signature });
        return Promise.resolve(reply(requests.length));
      },
    },
    instructions,
    key,
    runnerVersion: '0.1.0',
  });
  return { time, key, client, requests, signal: new AbortController().signal };
}

describe('exchange', () => {
  it('brings token, key and version, and learns how long is left by the function’s clock', async () => {
    const headers = { date: 'Sat, 21 Nov 2026 01:30:00 GMT' };
    const { client, key, requests, signal } = await start(() => Response.json(ORDER, { headers }));
    expect(await client.begin(signal)).toEqual({ ok: true, value: { order: ORDER, remainingMs: 6 * 3_600_000 } });
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      v: 1,
      kind: 'begin',
      runId: '2026-11-21',
      token: 'S'.repeat(43),
      publicKey: key.publicKey,
      runner: { version: '0.1.0', protocol: 1 },
    });
  });

  it('asks again while the function is not ready, with the same key', async () => {
    const { client, time, requests, signal } = await start(asked =>
      asked === 1
        ? Response.json({ error: 'not_ready' }, { status: 409 })
        : asked === 2
          ? Response.json({ error: 'unavailable' }, { status: 503 })
          : Response.json(ORDER),
    );
    const begun = client.begin(signal);
    await time.pass(10_000);
    expect((await begun).ok).toBe(true);
    expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
    expect(requests).toHaveLength(3);
  });

  it.each([
    ['a refusal', Response.json({ error: 'token_used' }, { status: 403 }), 'The function refused: token_used.'],
    ['another status', new Response('<html>', { status: 404 }), 'The function refused: status 404.'],
    ['a page in place of an answer', new Response('<html>'), 'The function refused: an answer that cannot be read.'],
    [
      'another run’s order',
      Response.json({ ...ORDER, runId: '2026-11-20' }),
      'The function refused: an answer that cannot be read.',
    ],
  ])('%s ends it', async (_what, reply, detail) => {
    const { client, requests, signal } = await start(() => reply);
    expect(await client.begin(signal)).toEqual({ ok: false, error: { reason: 'exchange_refused', detail } });
    expect(requests).toHaveLength(1);
  });

  it('gives up when the server had to be up long ago', async () => {
    const { client, time, signal } = await start(() => new Response(null, { status: 503 }));
    const begun = client.begin(signal);
    await time.pass(12 * 60_000);
    expect(await begun).toMatchObject({ ok: false, error: { detail: 'The function did not answer: status 503.' } });
  });

  it('asks for the credential of retention by its signature', async () => {
    const reply = {
      v: 1,
      vault: ACCESS,
      policy: { keepDaily: 7, keepWeekly: 4, keepMonthly: 12 },
      minimumAgeSeconds: 1,
    };
    const { client, key, requests, signal } = await start(() => Response.json(reply));
    expect(await client.retention(signal)).toEqual({ ok: true, value: reply });
    const [{ body, signature } = { body: '', signature: '' }] = requests;
    expect(JSON.parse(body)).toEqual({ v: 1, kind: 'retention', runId: '2026-11-21' });
    const bytes = new TextEncoder().encode(body);
    expect(await isSignedBy(key.publicKey, 'exchange', bytes, signature ?? '')).toBe(true);
    expect(await isSignedBy(key.publicKey, 'report', bytes, signature ?? '')).toBe(false);
  });
});
