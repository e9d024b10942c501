import { chatChangeKey } from '@innkeeper/shared/contracts/chat-change';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Meaning } from '../meaning/meaning.ts';
import type { SourceChange } from '../source-document.ts';
import { changeBytes } from './change-bytes.ts';
import { type Deliverable, type DeliveryOptions, deliverBatch, type Lane } from './deliver-batch.ts';
import { type Batch, orderedQueue } from './ordered-queue.ts';
import { parkedThing } from './parked-thing.ts';
import type { RunWindow, WindowClosed } from './publish-window.ts';

export interface WindowLimits {
  readonly entries: number;
  readonly bytes: number;
  readonly batchEntries: number;
  readonly batchBytes: number;
  readonly concurrentBatches: number;
}

/** 500 changes of some 1 kB are one round trip of Pub/Sub; four on their way hide its latency. */
const WINDOW_LIMITS: WindowLimits = {
  entries: 8_000,
  bytes: 16_000_000,
  batchEntries: 500,
  batchBytes: 2_000_000,
  concurrentBatches: 4,
};

/** Sends in the background until it is closed. A batch leaves as soon as one of the slots is free; there is no timer. */
export function createPublishWindow(options: DeliveryOptions, limits: WindowLimits = WINDOW_LIMITS): RunWindow {
  const queue = orderedQueue<Lane, Deliverable>(limits);
  const closing = new AbortController();
  const waiting = new Set<() => void>();
  let sending = 0;
  let scheduled = false;
  let room: PromiseWithResolvers<void> | undefined;

  return {
    get inFlight() {
      return { count: queue.count, bytes: queue.bytes };
    },

    offer: (source, meaning) => {
      if (meaning.kind === 'ignored') {
        options.counts.ignored(meaning.reason);
        return room?.promise;
      }
      push(source, meaning);
      if (!scheduled) {
        scheduled = true;
        queueMicrotask(dispatch); // what is offered in one go leaves in one batch
      }
      if (isFull(1) && !closing.signal.aborted) room ??= Promise.withResolvers();
      return room?.promise;
    },

    flushed: () => {
      if (closing.signal.aborted) return Promise.resolve(err(CLOSED));
      const flushed = Promise.withResolvers<Result<void, WindowClosed>>();
      const giveUp = () => flushed.resolve(err(CLOSED));
      waiting.add(giveUp);
      queue.milestone(() => {
        waiting.delete(giveUp);
        flushed.resolve(ok(undefined));
      });
      return flushed.promise;
    },

    whenAcknowledged: reached => {
      queue.milestone(() => {
        if (!closing.signal.aborted) reached();
      });
    },

    close: () => {
      closing.abort();
      makeRoom();
      for (const giveUp of waiting) giveUp();
      waiting.clear();
    },
  };

  function push(
    source: Pick<SourceChange, 'followed' | 'id' | 'origin'>,
    meaning: Exclude<Meaning, { kind: 'ignored' }>,
  ): void {
    const { followed, id } = source;
    if (meaning.kind === 'change') {
      const { change } = meaning;
      queue.push({
        lane: source.origin === 'stream' ? 'live' : 'backfill',
        key: chatChangeKey(change),
        bytes: changeBytes(change),
        item: { kind: 'change', change, source: { followed, id } },
      });
    } else {
      const { reason, detail } = meaning;
      const thing = parkedThing({ followed, id, reason, detail }, options.clock.now());
      queue.push({ lane: 'parked', key: thing.path, bytes: PARKED_BYTES, item: { kind: 'parked', thing } });
      if (meaning.change !== undefined) push(source, { kind: 'change', change: meaning.change });
    }
  }

  function isFull(share: number): boolean {
    return queue.count >= limits.entries * share || queue.bytes >= limits.bytes * share;
  }

  function makeRoom(): void {
    room?.resolve();
    room = undefined;
  }

  function dispatch(): void {
    scheduled = false;
    while (sending < limits.concurrentBatches && !closing.signal.aborted) {
      const batch = queue.take();
      if (batch === undefined) return;
      sending += 1;
      void send(batch);
    }
  }

  async function send(batch: Batch<Lane, Deliverable>): Promise<void> {
    const items = batch.entries.map(entry => entry.item);
    const delivered = await deliverBatch(options, batch.lane, items, closing.signal);
    sending -= 1;
    if (!delivered) return; // closed: nothing moves past what is not acknowledged
    queue.settle(batch);
    if (!isFull(ROOM_SHARE)) makeRoom();
    dispatch();
  }
}

const CLOSED: WindowClosed = { kind: 'closed' };

/** The reader goes on when a quarter is free, not at every entry. */
const ROOM_SHARE = 0.75;

const PARKED_BYTES = 1_000;
