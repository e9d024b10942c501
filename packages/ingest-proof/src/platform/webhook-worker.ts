import { unsentPrefix } from '@innkeeper/shared/ingest/accept-delivery';
import { consumeDeliveries } from '@innkeeper/shared/ingest/consume-deliveries';
import { parkDeadLetters } from '@innkeeper/shared/ingest/park-dead-letters';
import type { ConsumerPorts, QueuedMessage } from '@innkeeper/shared/ingest/settle-delivery';
import { sweepUnsent } from '@innkeeper/shared/ingest/sweep-unsent';
import { replayEvents } from '@innkeeper/shared/operate/replay-events';
import { err, ok } from '@innkeeper/shared/result/result';
import type { Dice } from '../time/dice.ts';
import type { Life } from '../time/life.ts';
import type { WorkerWiring } from '../workers/wiring.ts';
import { begin, type Cloud, logOf } from './cloud.ts';
import { type SimulatedQueue, simulatedQueue } from './delivery-queue.ts';
import { type HydrationObject, hydrationObject } from './hydration-object.ts';
import { reachBucket, reachDocuments, reachQueue } from './reach.ts';
import type { VendorApi } from './reach-vendor.ts';
import type { WorkerCode } from './worker-code.ts';

/** One webhook Worker on its platform: its edge, its two queues, its Durable Object, its crons. */
export interface WebhookWorker {
  /** Status of the answer; `undefined` where the process dies before there is one. `onDurable` hears what was kept. */
  post(request: Request, onDurable: (eventId: string) => void): Promise<number | undefined>;
  everyMinute(): void;
  everyFiveMinutes(): void;
  everyNight(): void;
  /** An operator puts stored events on the queue again, at most a hundred. */
  replay(eventIds: readonly string[]): Promise<void>;
  readonly queue: SimulatedQueue;
  readonly deadLetters: SimulatedQueue;
  readonly object: HydrationObject;
}

export interface WebhookWorkerOptions {
  readonly cloud: Cloud;
  readonly wiring: WorkerWiring;
  readonly api: VendorApi;
  readonly code: WorkerCode;
  /** Of the queues. */
  readonly dice: Dice;
}

/** As `wrangler.jsonc` has it. */
const BATCH_MAX = 25;
const DEAD_BATCH_MAX = 10;
const ATTEMPTS_MAX = 101;
/** The platform starts more while the queue grows. */
const CONSUMERS_MAX = 6;
/** Per million messages. */
const MISCHIEF = { doubled: 5_000, heldBack: 5_000, givenUp: 300 };
const NO_MISCHIEF = { doubled: 0, heldBack: 0, givenUp: 0 };

export function webhookWorker({ cloud, wiring, api, code, dice }: WebhookWorkerOptions): WebhookWorker {
  const { time, trouble } = cloud;

  const portsOf = (life: Life): ConsumerPorts => ({
    store: code.store(reachDocuments(cloud, life)),
    overflow: reachBucket(cloud, life),
    gate: code.gate({
      mark: marks =>
        life.call('gate_mark', err({ kind: 'unavailable', detail: 'by the simulation' }), () => ok(object.mark(marks))),
    }),
    log: logOf(cloud, life),
    now: time.now,
    random: cloud.dice.fraction,
    wait: life.pause,
  });

  const consumer =
    (consume: typeof consumeDeliveries) =>
    (messages: readonly QueuedMessage[], ended: (how: 'done' | 'died') => void): void => {
      const life = begin(cloud, () => ended('died'));
      const ports = portsOf(life);
      void consume(ports, code.source(wiring.createSource(ports)), code.messages(messages)).then(() => {
        if (life.isOver) return;
        life.end();
        ended('done');
      });
    };

  const shared = { time, dice, attemptsMax: ATTEMPTS_MAX };
  const deadLetters = simulatedQueue({
    ...shared,
    batchMax: DEAD_BATCH_MAX,
    consumersMax: 1,
    mischief: () => NO_MISCHIEF,
    deadLetter: ({ eventId }) => {
      throw new Error(`a dead letter died: ${eventId}`);
    },
    consume: consumer(parkDeadLetters),
  });
  const queue = simulatedQueue({
    ...shared,
    batchMax: BATCH_MAX,
    consumersMax: CONSUMERS_MAX,
    mischief: () => (trouble.isOver ? NO_MISCHIEF : MISCHIEF),
    deadLetter: body => deadLetters.take(body),
    consume: consumer(consumeDeliveries),
  });
  const object = hydrationObject({ cloud, wiring, api, code, take: queue.take });

  return {
    queue,
    deadLetters,
    object,
    post: (request, onDurable) =>
      new Promise(resolve => {
        const life = begin(cloud, () => resolve(undefined));
        const handle = wiring.createHandler({
          queue: code.queue(
            reachQueue(life, delivery => {
              onDurable(delivery.eventId);
              queue.take(delivery);
            }),
          ),
          overflow: reachBucket(cloud, life, key => {
            if (key.startsWith(unsentPrefix(wiring.source))) onDurable(eventIdIn(key));
          }),
          log: logOf(cloud, life),
          now: time.now,
        });
        void handle(request).then(({ status }) => resolve(status));
      }),
    everyMinute: () => {
      const life = begin(cloud);
      const ports = portsOf(life);
      const source = wiring.createSource(ports);
      void sweepUnsent({ ...ports, queue: reachQueue(life, queue.take) }, source);
    },
    everyFiveMinutes: () => {
      if (code.looksForGaps) object.tick('gap-check');
    },
    everyNight: () => {
      if (code.looksForGaps) object.tick('comparison');
    },
    replay: async eventIds => {
      const life = begin(cloud);
      const ports = { ...portsOf(life), source: wiring.source, queue: reachQueue(life, queue.take) };
      const replayed = await replayEvents(ports, { replayId: `replay-${time.now()}`, eventIds: [...eventIds] });
      if (!replayed.ok) throw new Error(`the replay failed: ${replayed.error.kind}`);
    },
  };
}

/** `unsent/<source>/<event id>.json` */
const eventIdIn = (key: string): string => key.slice(key.lastIndexOf('/') + 1, -'.json'.length);
