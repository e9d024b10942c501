import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import type { Log } from '@innkeeper/shared/log/log';
import type { StoreError } from '@innkeeper/shared/ports/document-store';
import type { Result } from '@innkeeper/shared/result/result';
import { backoffMs } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import type { SourceChange } from '../source-document.ts';
import type { Outage } from '../status/outage.ts';
import type { RaiseAlert } from '../status/raise-alert.ts';
import type { ChangePublisher, PublishError } from './change-publisher.ts';
import { parkedThing } from './parked-thing.ts';
import type { ParkedThing, Parking } from './parking.ts';

/** What became of changes since the process started. */
export interface ChangeCounts {
  published(changes: number): void;
  parked(things: number): void;
  ignored(reason: string): void;
}

export interface DeliveryOptions {
  readonly publisher: ChangePublisher;
  readonly parking: Parking;
  /** Asked before every attempt: without a valid lease nothing leaves. */
  readonly leaseValid: () => boolean;
  readonly counts: ChangeCounts;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly alert: RaiseAlert;
  /** Of Pub/Sub and of the store of parked documents, over all batches. */
  readonly outage: Outage;
}

/** Where something goes: one of the topics, or `parked`. */
export type Lane = 'live' | 'backfill' | 'parked';

export type Deliverable =
  | { readonly kind: 'change'; readonly change: ChatChange; readonly source: Pick<SourceChange, 'followed' | 'id'> }
  | { readonly kind: 'parked'; readonly thing: ParkedThing };

/**
 * Delivers one batch and answers true, or false once `signal` aborted. Tries for ever, with back-off: the window fills
 * and its reader waits. A batch that Pub/Sub refuses for good is halved until the one culprit is found; that is parked.
 */
export async function deliverBatch(
  options: DeliveryOptions,
  lane: Lane,
  items: readonly Deliverable[],
  signal: AbortSignal,
): Promise<boolean> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    while (!options.leaseValid()) {
      if (signal.aborted) return false;
      await options.clock.pause(LEASE_LOOK_MS, signal);
    }
    const sent = await send(options, lane, items);
    if (sent.ok) {
      options.outage.recovered();
      settled(options, items);
      return true;
    }
    if (sent.error.kind === 'refused') return refused(options, lane, items, signal, sent.error.detail);
    report(options, lane, attempt, sent.error);
    await options.clock.pause(backoffMs(attempt, options.random), signal);
  }
  return false;
}

function send(
  { publisher, parking }: DeliveryOptions,
  lane: Lane,
  items: readonly Deliverable[],
): Promise<Result<void, PublishError | StoreError>> {
  return lane === 'parked'
    ? parking.park(items.flatMap(item => (item.kind === 'parked' ? [item.thing] : [])))
    : publisher.publish(
        lane,
        items.flatMap(item => (item.kind === 'change' ? [item.change] : [])),
      );
}

async function refused(
  options: DeliveryOptions,
  lane: Lane,
  items: readonly Deliverable[],
  signal: AbortSignal,
  detail: string,
): Promise<boolean> {
  const [only] = items;
  if (items.length > 1) {
    const half = Math.ceil(items.length / 2);
    return (
      (await deliverBatch(options, lane, items.slice(0, half), signal)) &&
      (await deliverBatch(options, lane, items.slice(half), signal))
    );
  }
  if (only?.kind === 'change') {
    const thing = parkedThing({ ...only.source, reason: 'pubsub_refused', detail }, options.clock.now());
    return deliverBatch(options, 'parked', [{ kind: 'parked', thing }], signal);
  }
  // Not even the account of it can be kept: the alert is the last there is.
  if (only !== undefined) settled(options, [only]);
  return true;
}

function settled({ counts, alert }: DeliveryOptions, items: readonly Deliverable[]): void {
  const [first] = items;
  if (first?.kind !== 'parked') return counts.published(items.length);
  counts.parked(items.length);
  const { subject, reason } = first.thing.parked;
  alert({ kind: 'document_parked', subject, reason });
}

function report(
  { log, alert, outage }: DeliveryOptions,
  lane: Lane,
  attempt: number,
  { kind, detail }: PublishError | StoreError,
): void {
  if (attempt === 0) log.warn('publish.failed', { lane, reason: kind, detail });
  const forMs = outage.failed(kind === 'denied' ? 'urgent' : undefined);
  if (forMs === undefined) return;
  alert(kind === 'denied' ? { kind: 'publish_denied', detail } : { kind: 'publish_unavailable', detail, forMs });
}

const LEASE_LOOK_MS = 250;
