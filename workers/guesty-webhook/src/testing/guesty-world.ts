import { guestyClient } from '@innkeeper/shared/adapters/guesty/guesty-client';
import { Secret } from '@innkeeper/shared/config/secret';
import { RecordKind } from '@innkeeper/shared/domain/ids';
import { createHydrateLoop } from '@innkeeper/shared/hydration/hydrate-loop';
import { createRateGate } from '@innkeeper/shared/hydration/rate-gate';
import { consumeDeliveries } from '@innkeeper/shared/ingest/consume-deliveries';
import { createLog } from '@innkeeper/shared/log/log';
import { ok } from '@innkeeper/shared/result/result';
import { inMemoryDirtySet } from '@innkeeper/shared/testing/in-memory-dirty-set';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryOverflow } from '@innkeeper/shared/testing/in-memory-overflow';
import { inMemoryRateJournal } from '@innkeeper/shared/testing/in-memory-rate-journal';
import { queuedMessage } from '@innkeeper/shared/testing/queued-message';
import { createGuestySource } from '../guesty-source.ts';
import { createGuestyCalls } from '../hydration/guesty-calls.ts';
import { createGuestyHydrator } from '../hydration/guesty-hydrator.ts';
import { createGuestyPages } from '../hydration/guesty-pages.ts';
import { createGuestyReads } from '../hydration/guesty-reads.ts';
import { createGuestyTokens } from '../hydration/guesty-tokens.ts';
import { inMemoryTokenStorage } from './in-memory-token-storage.ts';

/**
 * The Worker's consumer and the gate's reading loop as wired in production, with a scripted vendor and everything durable
 * in memory. Deliveries and reads happen when a test says so, in the order it says.
 */
export type ScriptedVendor = (
  path: string,
  query: URLSearchParams,
) => { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> };

export const NOT_FOUND = { status: 404, body: { error: 'not found' } };
export const START = Date.parse('2026-11-21T09:00:00.000Z');

export function guestyWorld(vendor: ScriptedVendor) {
  const clock = { now: START };
  const calls: string[] = [];
  const logged: string[] = [];
  const now = () => (clock.now += 1);
  const log = createLog('test', line => logged.push(line));
  const client = guestyClient({
    baseUrl: 'https://guesty.example.com/v1',
    tokenUrl: 'https://guesty.example.com/oauth2/token',
    clientId: 'id',
    clientSecret: new Secret('secret'),
    fetch: input => {
      const url = new URL(input);
      calls.push(url.pathname);
      const answer: ReturnType<ScriptedVendor> =
        url.pathname === '/oauth2/token'
          ? { status: 200, body: { access_token: `t${calls.length}`, expires_in: 86_400 } }
          : vendor(url.pathname.slice('/v1'.length), url.searchParams);
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      return Promise.resolve(new Response(text, { status: answer.status, headers: answer.headers ?? {} }));
    },
  });
  const store = inMemoryDocumentStore({ now: () => clock.now });
  const tokens = createGuestyTokens({
    now,
    request: client.requestToken,
    storage: inMemoryTokenStorage(),
  });
  const gate = createRateGate({ windows: [], journal: inMemoryRateJournal(), nowMs: START });
  const wait = (ms: number) => {
    clock.now += ms;
    return Promise.resolve();
  };
  const gated = createGuestyCalls({ tokens, gate, now, wait });
  const reads = createGuestyReads({ client, calls: gated, now, log });
  const source = createGuestySource({ store, log });
  const dirtySet = inMemoryDirtySet();
  const shared = { store, log, now, random: () => 0.5, wait: () => Promise.resolve() };
  const loop = createHydrateLoop({
    ...shared,
    dirtySet,
    source: 'guesty',
    deployable: 'guesty-webhook',
    hydrator: createGuestyHydrator({ reads, store, now, log }),
    recordKind: subject => RecordKind.safeParse(subject).data ?? 'listing',
  });
  const ports = {
    ...shared,
    overflow: inMemoryOverflow(),
    gate: {
      mark: (marks: Parameters<typeof dirtySet.mark>[0]) => {
        dirtySet.mark(marks, now());
        return Promise.resolve(ok(undefined));
      },
    },
  };

  let deliveries = 0;
  /** Through the consumer; what it marks is left to `read`. */
  const take = async (payload: object, eventId = `e${(deliveries += 1)}`) => {
    const receivedAt = new Date(now()).toISOString();
    const body = { inline: JSON.stringify(payload) };
    const message = queuedMessage({ v: 1, source: 'guesty', eventId, receivedAt, body });
    await consumeDeliveries(ports, source, [message]);
    return message.fate;
  };
  /** Everything that is due. */
  const read = () => loop.run();
  const deliver = async (payload: object, eventId?: string) => {
    const fate = await take(payload, eventId);
    await read();
    return fate;
  };
  const record = (kind: string, id: string) => store.documents.get(`records/guesty:${kind}:${id}`)?.fields;
  const facts = (kind: string, id: string) => record(kind, id)?.['facts'];
  const pages = createGuestyPages({ client, calls: gated, reads, store, now });
  return { take, read, deliver, facts, record, calls, clock, store, dirtySet, logged, pages, source };
}

/** Longer than the gate waits before it asks again for something not shown. */
export const NOT_YET_MS = 60_000;

export async function askUntilGone(at: ReturnType<typeof guestyWorld>): Promise<void> {
  for (let attempt = 0; attempt < 6; attempt += 1) {
    at.clock.now += NOT_YET_MS;
    await at.read();
  }
}
