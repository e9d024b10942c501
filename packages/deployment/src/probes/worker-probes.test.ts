import { join } from 'node:path';
import { Secret } from '@innkeeper/shared/config/secret';
import { err, ok } from '@innkeeper/shared/result/result';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanySettings } from '../environment/environment-values.ts';
import { exampleDescribed } from '../testing/example-described.ts';
import type { HttpProbe, ProbeRequest } from './http-probe.ts';
import { probeWorker } from './probe-worker.ts';
import { bookingProbe, overrideHeader, questionProbe } from './worker-probes.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const SECRET = new Secret('whsec_c3ludGhldGljIGtleSBvZiBhIHRlc3Q=');
const nowMs = Date.parse('2026-11-22T06:00:00Z');
/** Of the Workers themselves: what they take, not what this package thinks they do. */
interface Verify {
  verify: (body: Uint8Array, headers: Headers, secrets: readonly Secret[], nowMs: number) => Promise<unknown>;
}
interface EventTable {
  eventTable: Readonly<Record<string, object>>;
}
interface Payload {
  OutgoingWebhook: { parse: (value: unknown) => unknown };
  utteranceOf: (body: unknown) => unknown;
}
interface WhoIsAnswered {
  whoIsAnswered: (utterance: unknown, addressing: unknown) => unknown;
}
const load = async <T>(file: string): Promise<T> => (await import(join(ROOT, 'workers', file))) as T;

let settings: CompanySettings;
beforeAll(async () => {
  ({ settings } = (await exampleDescribed(ROOT, 'prod')).values);
});

describe('bookingProbe', () => {
  it('is authentic for the Worker, and of an event it does nothing about', async () => {
    const { request } = bookingProbe({ origin: 'https://guesty.example.com', secret: SECRET, nowMs });
    const { verify } = await load<Verify>('guesty-webhook/src/verify.ts');
    const body = new TextEncoder().encode(request.body);
    expect(await verify(body, new Headers(request.headers), [SECRET], nowMs)).toMatchObject({ ok: true });
    expect(await verify(body, new Headers(request.headers), [new Secret('whsec_b3RoZXI=')], nowMs)).toMatchObject({
      ok: false,
    });
    const { eventTable } = await load<EventTable>('guesty-webhook/src/events/event-table.ts');
    const { event } = JSON.parse(request.body ?? '') as { event: string };
    expect(eventTable[event]).toHaveProperty('unsupported');
  });
});

describe('questionProbe', () => {
  it('is weighed like a question, in a thread that nobody was answered in', async () => {
    const { request } = questionProbe({ origin: 'https://llm.example.com', secret: SECRET, nowMs, settings });
    const { OutgoingWebhook, utteranceOf } = await load<Payload>('llm-query/src/payload.ts');
    const { whoIsAnswered } = await load<WhoIsAnswered>('llm-query/src/who-is-answered.ts');
    const utterance = utteranceOf(OutgoingWebhook.parse(JSON.parse(request.body ?? '')));
    const addressing = { botUserId: settings.bot.userId, botUsername: settings.bot.username, words: ['!query'] };
    expect(whoIsAnswered(utterance, addressing)).toMatchObject({ to: 'assistant', by: 'follow_up' });
  });
});

describe('probeWorker', () => {
  const probe = (send: HttpProbe['send'], secret = SECRET.reveal()) => {
    let now = nowMs;
    const clock = {
      now: () => now,
      pause: async (ms: number) => {
        now += ms;
      },
    };
    return probeWorker(
      { worker: 'guesty-webhook', name: 'guesty-webhook-dev', origin: 'https://g.example.com', version: 'v-2' },
      { http: { send }, clock, settings, readSecret: async () => ok(new Secret(secret)) },
    );
  };

  it('asks that one version for its health, then for its work', async () => {
    const seen: ProbeRequest[] = [];
    const answered = await probe(async request => {
      seen.push(request);
      return ok({ status: 200, version: 'v-2' });
    });
    expect(answered).toEqual({ ok: true, value: undefined });
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET https://g.example.com/healthz',
      'POST https://g.example.com/webhooks/guesty',
    ]);
    for (const { headers } of seen) expect(headers).toMatchObject(overrideHeader('guesty-webhook-dev', 'v-2'));
  });

  it('waits while a version spreads, and signs anew for each attempt', async () => {
    const timestamps = new Set<string | undefined>();
    let asked = 0;
    const answered = await probe(async ({ method, headers }) => {
      if (method === 'POST') timestamps.add(headers['svix-timestamp']);
      asked += 1;
      return asked % 3 === 0 ? ok({ status: 200, version: 'v-2' }) : err('unreachable');
    });
    expect(answered).toMatchObject({ ok: true });
    expect(timestamps.size).toBe(3);
  });

  it('takes no answer for that of the version which another gave: overrides are passed over for a moment', async () => {
    let asked = 0;
    const answered = await probe(async () => ok({ status: 200, version: (asked += 1) < 4 ? 'v-1' : 'v-2' }));
    expect(answered).toMatchObject({ ok: true });
    expect(asked).toBe(5);
    for (const [version, said] of [
      ['v-1', 'v-1'],
      [undefined, 'a version without a name'],
    ] as const) {
      expect(await probe(async () => ok({ status: 200, ...(version === undefined ? {} : { version }) }))).toMatchObject(
        {
          error: { sentence: `guesty-webhook-dev (v-2) was asked for health, and ${said} answered, 20 times.` },
        },
      );
    }
  });

  it('says how it answered in the end, and no secret', async () => {
    const answered = await probe(async ({ method }) => ok({ status: method === 'GET' ? 200 : 401, version: 'v-2' }));
    expect(answered).toEqual({
      ok: false,
      error: {
        sentence: 'guesty-webhook-dev (v-2) answered 401 to a synthetic booking instead of 200, 20 times.',
        nextStep: 'Read its log: what it refuses, and which variable or secret it misses.',
      },
    });
  });

  it('cannot sign with a secret that is empty', async () => {
    expect(await probe(async () => ok({ status: 200, version: 'v-2' }), ' ')).toMatchObject({
      error: { sentence: 'The secret guesty-webhook-secrets is empty, so no synthetic delivery can be signed.' },
    });
  });
});
