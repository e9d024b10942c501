import { describe, expect, test } from 'vitest';
import type { Fetch } from '../adapters/http/limit-reply.ts';
import { Secret } from '../config/secret.ts';
import type { ReadJob } from '../contracts/read-job.ts';
import type { SubscriptionState } from '../contracts/subscription-state.ts';
import { createLog } from '../log/log.ts';
import type { Mark } from '../ports/hydration-gate.ts';
import { err, ok } from '../result/result.ts';
import { inMemoryDocumentStore } from '../testing/in-memory-document-store.ts';
import { inMemoryOverflow } from '../testing/in-memory-overflow.ts';
import { inMemoryQueue } from '../testing/in-memory-queue.ts';
import { createOperateClient } from './operate-client.ts';
import { createOperateEdge } from './operate-edge.ts';
import { createOperateHandlers, type HydrationOperations, type OperatePorts } from './operate-handlers.ts';

const ORIGIN = 'https://guesty.example.com';
const TOKEN = new Secret('the token of the tests');
const NOW = Date.parse('2026-11-21T09:00:00.000Z');

const subscription: SubscriptionState = {
  v: 1,
  subscriptions: [],
  missingEvents: [],
  surplusEvents: [],
  foreign: 0,
  history: [],
};
const job: ReadJob = {
  v: 1,
  jobId: 'guesty-listings-backfill-1',
  source: 'guesty',
  purpose: 'backfill',
  resource: 'listings',
  window: {},
  state: 'running',
  counts: { pages: 1, read: 100, sent: 40, vanished: 0, unreadable: 0 },
  examples: [],
  startedAt: '2026-11-21T08:00:00.000Z',
  updatedAt: '2026-11-21T08:59:00.000Z',
};
const hydrationState = {
  backlog: { byLane: { live: 1, backfill: 2 }, bySubject: { reservation: 3 }, oldestMs: 12, failing: 0 },
  limits: { windows: [{ name: 'second', left: 15, max: 15 }], waitMs: 0 },
  jobs: [job],
};

function setUp(hydration: Partial<HydrationOperations> = {}) {
  const marks: Mark[] = [];
  const ports: OperatePorts = {
    source: 'guesty',
    store: inMemoryDocumentStore(),
    queue: inMemoryQueue(),
    overflow: inMemoryOverflow(),
    hydration: {
      state: () => Promise.resolve(hydrationState),
      mark: told => {
        marks.push(...told);
        return Promise.resolve(ok(undefined));
      },
      startJobs: () => Promise.resolve(ok([job])),
      cancelJob: jobId =>
        Promise.resolve(
          jobId === job.jobId
            ? ok({ ...job, state: 'cancelled' as const })
            : err({ kind: 'not_found', detail: 'none' }),
        ),
      ...hydration,
    },
    subscription: {
      state: () => Promise.resolve(subscription),
      act: () => Promise.resolve(err({ kind: 'not_registered', detail: 'register one first' })),
    },
    now: () => NOW,
  };
  const edge = createOperateEdge({
    tokens: [TOKEN],
    handlers: createOperateHandlers(ports),
    log: createLog('test', () => undefined),
  });
  const client = createOperateClient({
    origin: ORIGIN,
    token: TOKEN,
    fetch: (input, init) => edge(new Request(input, init)),
  });
  return { client, edge, ports, marks };
}

describe('what an operator asks of a Worker', () => {
  test('is answered from both of its objects and from the bucket', async () => {
    const { client, ports } = setUp();
    await ports.overflow.put('unsent/guesty/msg_1.json', '{}');
    expect(await client.state()).toEqual(ok({ v: 1, ...hydrationState, unsent: 1, subscription }));
  });

  test('begins and ends jobs', async () => {
    const { client } = setUp();
    expect(await client.startJobs({ purpose: 'backfill' })).toEqual(ok({ jobs: [job] }));
    expect(await client.cancelJob({ jobId: job.jobId })).toEqual(ok({ job: { ...job, state: 'cancelled' } }));
  });

  test('marks things behind what people wait for', async () => {
    const { client, marks } = setUp();
    expect(await client.mark({ marks: [{ subject: 'reservation', id: 'r1' }] })).toEqual(ok({ marked: 1 }));
    expect(marks).toEqual([
      {
        subject: 'reservation',
        id: 'r1',
        seenAtMs: NOW,
        lane: 'backfill',
        cause: {
          eventId: 'operator-reservation-r1',
          event: 'innkeeper.mark',
          receivedAt: '2026-11-21T09:00:00.000Z',
        },
      },
    ]);
  });

  test('gets a token where the vendor has such', async () => {
    const issued = { token: 't', expiresAt: '2026-11-22T09:00:00.000Z' };
    expect(await setUp({ token: () => Promise.resolve(ok(issued)) }).client.token()).toEqual(ok(issued));
    expect(await setUp().client.token()).toMatchObject({ ok: false, error: { kind: 'refused', reason: 'no_tokens' } });
  });
});

describe('what goes wrong has a name and a next step', () => {
  test.each([
    ['unknown', 'not_found', (client: Client) => client.cancelJob({ jobId: 'nobody' })],
    ['refused', 'not_registered', (client: Client) => client.subscription({ action: 'rotate' })],
  ])('%s: %s', async (kind, reason, ask) => {
    const { error } = failed(await ask(setUp().client));
    expect(error).toMatchObject({ kind, reason });
    expect(error.detail).toContain(ORIGIN);
    expect(error.nextStep).not.toBe('');
  });

  test('an object that the platform moves away is unavailable', async () => {
    const state = () => Promise.reject(new TypeError('a text of the platform about its inside'));
    const { error } = failed(await setUp({ state }).client.state());
    expect(error).toMatchObject({ kind: 'unavailable', reason: 'object_unavailable' });
    expect(error.detail).not.toContain('inside');
  });

  test('a token that is not the Worker’s', async () => {
    const { edge } = setUp();
    const fetch: Fetch = (input, init) => edge(new Request(input, init));
    const stranger = createOperateClient({ origin: ORIGIN, token: new Secret('another'), fetch });
    const { error } = failed(await stranger.state());
    expect(error.kind).toBe('unauthorised');
    expect(error.nextStep).toContain('OPERATOR_TOKENS');
    expect(JSON.stringify(error)).not.toContain('another');
  });

  const answering = (reply: () => Promise<Response>, timeoutMs = 1_000) =>
    createOperateClient({ origin: ORIGIN, token: TOKEN, fetch: reply, timeoutMs });

  test.each<[string, () => Promise<Response>, string]>([
    ['nobody listens', () => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
    ['a page of a proxy', () => Promise.resolve(new Response('<html></html>', { status: 502 })), 'unreadable'],
    ['another service', () => Promise.resolve(Response.json({ ok: true })), 'unreadable'],
    ['an endless answer', () => Promise.resolve(new Response('x'.repeat(2 * 1024 * 1024))), 'unreadable'],
  ])('%s', async (_what, reply, kind) => {
    const { error } = failed(await answering(reply).state());
    expect(error.kind).toBe(kind);
    expect(error.nextStep).not.toBe('');
  });

  test('a Worker that hangs', async () => {
    const hanging: Fetch = (_input, init) =>
      new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    const client = createOperateClient({ origin: ORIGIN, token: TOKEN, fetch: hanging, timeoutMs: 1 });
    expect(failed(await client.state()).error.kind).toBe('timeout');
  });
});

type Client = ReturnType<typeof createOperateClient>;

function failed<E>(result: { readonly ok: true } | { readonly ok: false; readonly error: E }): { readonly error: E } {
  if (result.ok) throw new Error('it went well');
  return result;
}
