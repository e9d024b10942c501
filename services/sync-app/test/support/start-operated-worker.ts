import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, serveLocal } from '@innkeeper/local-stack/http/serve-local';
import { Secret } from '@innkeeper/shared/config/secret';
import type { ReadJob } from '@innkeeper/shared/contracts/read-job';
import type { RecordSource } from '@innkeeper/shared/domain/ids';
import { consumeDeliveries } from '@innkeeper/shared/ingest/consume-deliveries';
import type { DeliverySource } from '@innkeeper/shared/ingest/delivery-source';
import type { ConsumerPorts } from '@innkeeper/shared/ingest/settle-delivery';
import { createLog } from '@innkeeper/shared/log/log';
import { createOperateEdge } from '@innkeeper/shared/operate/operate-edge';
import { createOperateHandlers } from '@innkeeper/shared/operate/operate-handlers';
import type { DeliveryQueue } from '@innkeeper/shared/ports/delivery-queue';
import type { DocumentFields, DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok } from '@innkeeper/shared/result/result';
import { inMemoryGate } from '@innkeeper/shared/testing/in-memory-gate';
import { inMemoryOverflow } from '@innkeeper/shared/testing/in-memory-overflow';
import { queuedMessage } from '@innkeeper/shared/testing/queued-message';

/** A Worker as its operator sees it, over HTTP: the real edge and consumer, a real Firestore, and walks that a test scripts. */
export interface OperatedWorker {
  readonly url: string;
  /** Whether the mapping understands what is delivered. */
  isMapped: boolean;
  /** How the next walk goes, one entry for each time somebody looks. */
  script: readonly Partial<ReadJob>[];
  /** What the webhook's edge does with an authentic delivery. */
  readonly deliver: (eventId: string, body: object) => Promise<void>;
  close(): Promise<void>;
}

export const TOKEN = 'token-of-the-tests';

export async function startOperatedWorker(source: RecordSource, store: DocumentStore): Promise<OperatedWorker> {
  const overflow = inMemoryOverflow();
  const log = createLog('operated-worker', () => undefined);
  const consumer: ConsumerPorts = {
    store,
    overflow,
    gate: inMemoryGate(),
    log,
    now: () => Date.now(),
    random: () => 0,
    wait: () => Promise.resolve(),
  };
  const mapping: DeliverySource = {
    source,
    deployable: `${source}-webhook`,
    pipelineRevision: 1,
    eventName: payload => String(payload['event']),
    interpret: () =>
      Promise.resolve(
        worker.isMapped
          ? { kind: 'understood', changes: [] }
          : { kind: 'unfinished', changes: [], failure: { kind: 'payload_unexpected', detail: 'unexpected: status' } },
      ),
  };
  const underWay = new Set<Promise<void>>();
  const queue: DeliveryQueue = {
    send: delivery => {
      const consumed = consumeDeliveries(consumer, mapping, [queuedMessage(delivery)]);
      underWay.add(consumed);
      return Promise.resolve(ok(undefined));
    },
  };

  let jobs: ReadJob[] = [];
  const advance = async (): Promise<void> => {
    const [next, ...rest] = worker.script;
    worker.script = rest;
    const [job] = jobs;
    if (next === undefined || job === undefined) return;
    jobs = [{ ...job, ...next }];
    if (next.state === undefined) return;
    const report = JSON.parse(JSON.stringify({ ...job, ...next })) as DocumentFields;
    await store.commit([{ op: 'set', path: `reports/${job.jobId}`, fields: report }]);
  };
  const edge = createOperateEdge({
    tokens: [new Secret(TOKEN)],
    log,
    handlers: createOperateHandlers({
      source,
      store,
      queue,
      overflow,
      now: () => Date.now(),
      hydration: {
        state: async () => {
          await advance();
          return { ...QUIET, jobs };
        },
        startJobs: ({ purpose, resources = ['listings'] }) => {
          jobs = resources.map(resource => newJob(source, purpose, resource));
          return Promise.resolve(ok(jobs));
        },
        cancelJob: jobId => {
          const job = jobs.find(known => known.jobId === jobId);
          if (job === undefined) return Promise.resolve(err({ kind: 'not_found', detail: `no job ${jobId}` }));
          jobs = [{ ...job, state: 'cancelled' }];
          return Promise.resolve(ok({ ...job, state: 'cancelled' as const }));
        },
        mark: () => Promise.resolve(ok(undefined)),
      },
      subscription: {
        state: () => Promise.resolve(NO_SUBSCRIPTION),
        act: () => Promise.resolve(ok(NO_SUBSCRIPTION)),
      },
    }),
  });
  const server = await serveLocal({
    name: `${source}-webhook`,
    port: 0,
    handle: async (incoming, response) => answer(response, await edge(await toRequest(incoming))),
  });
  const worker: OperatedWorker = {
    url: server.url,
    isMapped: true,
    script: [],
    deliver: (eventId, body) => {
      const receivedAt = '2026-11-20T09:00:00.000Z';
      const delivery = { v: 1, source, eventId, receivedAt, body: { inline: JSON.stringify(body) } } as const;
      return consumeDeliveries(consumer, mapping, [queuedMessage(delivery)]);
    },
    async close() {
      await Promise.all(underWay);
      await server.close();
    },
  };
  return worker;
}

const QUIET = {
  backlog: { byLane: { live: 0, backfill: 0 }, bySubject: {}, oldestMs: 0, failing: 0 },
  limits: { windows: [], waitMs: 0 },
};
const NO_SUBSCRIPTION = {
  v: 1 as const,
  subscriptions: [],
  missingEvents: [],
  surplusEvents: [],
  foreign: 0,
  history: [],
};

const newJob = (source: RecordSource, purpose: ReadJob['purpose'], resource: string): ReadJob => ({
  v: 1,
  jobId: `${source}-${resource}-${purpose}`,
  source,
  purpose,
  resource,
  window: {},
  state: 'running',
  counts: { pages: 0, read: 0, sent: 0, vanished: 0, unreadable: 0 },
  total: 120,
  examples: [],
  startedAt: '2026-11-21T09:00:00.000Z',
  updatedAt: '2026-11-21T09:00:00.000Z',
});

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  const body = new Uint8Array(await readBody(incoming));
  const url = `http://${incoming.headers.host ?? 'worker'}${incoming.url ?? '/'}`;
  return new Request(url, { method: incoming.method ?? 'GET', headers, ...(body.length === 0 ? {} : { body }) });
}

async function answer(response: ServerResponse, answered: Response): Promise<void> {
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(await answered.text());
}
