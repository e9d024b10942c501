import type { Secret } from '../../config/secret.ts';
import type { InboundDelivery } from '../../contracts/inbound-delivery.ts';
import type { SubscriptionState } from '../../contracts/subscription-state.ts';
import type { AcceptDeliveryPorts } from '../../ingest/accept-delivery.ts';
import { consumeDeliveries } from '../../ingest/consume-deliveries.ts';
import type { DeliverySource } from '../../ingest/delivery-source.ts';
import { isDeadLetterQueue } from '../../ingest/is-dead-letter-queue.ts';
import { parkDeadLetters } from '../../ingest/park-dead-letters.ts';
import type { ConsumerPorts } from '../../ingest/settle-delivery.ts';
import { createSweepSoon } from '../../ingest/sweep-soon.ts';
import { sweepUnsent } from '../../ingest/sweep-unsent.ts';
import { createLog, type Log } from '../../log/log.ts';
import { createOperateEdge } from '../../operate/operate-edge.ts';
import {
  createOperateHandlers,
  type HydrationOperations,
  type SubscriptionOperations,
} from '../../operate/operate-handlers.ts';
import { routeOperate } from '../../operate/route-operate.ts';
import type { DocumentStore } from '../../ports/document-store.ts';
import type { HydrationGate } from '../../ports/hydration-gate.ts';
import type { LiveSecrets } from '../../ports/live-secrets.ts';
import { createLiveSecrets } from '../../subscription/live-secrets.ts';
import { cloudflareDeliveryQueue } from './delivery-queue.ts';
import { overflowBucket } from './overflow-bucket.ts';

/** What every webhook Worker does with its three entry points: requests, batches of its queues, crons. I/O: the parts. */
export interface WebhookWorker {
  fetch(request: Request, context: Pick<ExecutionContext, 'waitUntil'>): Promise<Response>;
  queue(batch: MessageBatch<InboundDelivery>): Promise<void>;
  scheduled(cron: string): Promise<void>;
}

export interface WebhookWorkerParts {
  readonly deployable: string;
  readonly queue: Queue<InboundDelivery>;
  readonly bucket: R2Bucket;
  readonly store: DocumentStore;
  readonly gate: HydrationGate;
  /** The fleet's objects; each call gets a stub of its own, as one does not outlive its request. */
  readonly hydration: () => HydrationObject;
  readonly subscription: () => SubscriptionOperations & {
    secrets(): Promise<readonly string[]>;
    check(): Promise<SubscriptionState>;
  };
  /** Absent where the vendor's API takes no tokens. */
  readonly token?: NonNullable<HydrationOperations['token']>;
  /** Of the environment; those of the subscription object are taken besides. */
  readonly secrets: readonly Secret[];
  readonly operatorTokens: readonly Secret[];
  /** The vendor's mapping and its edge. */
  readonly source: (ports: { readonly store: DocumentStore; readonly log: Log }) => DeliverySource;
  readonly handler: (ports: EdgePorts) => (request: Request) => Promise<Response>;
}

type HydrationObject = Pick<HydrationOperations, 'state' | 'startJobs' | 'cancelJob'> & {
  tick(purpose: 'gap-check' | 'comparison'): Promise<unknown>;
};

type EdgePorts = AcceptDeliveryPorts & { readonly secrets: LiveSecrets };

export function wireWebhookWorker(parts: WebhookWorkerParts): WebhookWorker {
  const { store, gate, hydration, subscription } = parts;
  const log = createLog(parts.deployable);
  const now = () => Date.now();
  const wait = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds));
  const overflow = overflowBucket(parts.bucket);
  const queue = cloudflareDeliveryQueue(parts.queue);
  const source = parts.source({ store, log });
  const consumer: ConsumerPorts = { store, overflow, gate, log, now, wait, random: () => Math.random() };
  const secrets = createLiveSecrets({
    configured: parts.secrets,
    ask: () => subscription().secrets(),
    now,
    wait,
  });
  const sweep = () => sweepUnsent({ queue, overflow, store, now, log }, source);
  const sweepSoon = createSweepSoon({ sweep, wait, now });
  const webhook = parts.handler({ queue, overflow, now, log, secrets, onUnsent: sweepSoon.onUnsent });
  const operate = createOperateEdge({
    tokens: parts.operatorTokens,
    log,
    handlers: createOperateHandlers({
      source: source.source,
      store,
      queue,
      overflow,
      now,
      hydration: {
        mark: marks => gate.mark(marks),
        state: () => hydration().state(),
        startJobs: order => hydration().startJobs(order),
        cancelJob: jobId => hydration().cancelJob(jobId),
        ...(parts.token === undefined ? {} : { token: parts.token }),
      },
      subscription: { state: () => subscription().state(), act: action => subscription().act(action) },
    }),
  });
  // The expressions of `wrangler.jsonc`.
  const crons: Readonly<Record<string, Readonly<Record<string, () => Promise<unknown>>>>> = {
    '* * * * *': { sweep },
    '*/5 * * * *': { gap_check: () => hydration().tick('gap-check'), subscription: () => subscription().check() },
    '17 2 * * *': { comparison: () => hydration().tick('comparison') },
  };
  const answer = routeOperate(operate, webhook);
  return {
    fetch: async (request, context) => {
      const answered = await answer(request);
      const sweeping = sweepSoon.due();
      if (sweeping !== undefined) context.waitUntil(sweeping);
      return answered;
    },
    queue: async batch => {
      const consume = isDeadLetterQueue(batch.queue) ? parkDeadLetters : consumeDeliveries;
      await consume(consumer, source, batch.messages);
    },
    scheduled: async cron => {
      const tasks = Object.entries(crons[cron] ?? {});
      if (tasks.length === 0) log.error('cron.unknown', { cron });
      await Promise.all(tasks.map(([task, run]) => runTask(log, { cron, task }, run)));
    },
  };
}

/** A task that fails keeps no other from running; the next run is its retry, and an operator sees that there had to be one. */
async function runTask(log: Log, what: { cron: string; task: string }, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    log.error('cron.failed', { ...what, error: error instanceof Error ? error.name : 'unknown' });
  }
}
