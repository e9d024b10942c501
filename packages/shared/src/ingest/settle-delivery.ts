import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import { recordKey } from '../domain/ids.ts';
import type { JsonObject } from '../http-edge/parse-json-object.ts';
import type { Log } from '../log/log.ts';
import type { OverflowStore } from '../ports/delivery-queue.ts';
import type { Result } from '../result/result.ts';
import { type CommitOutcome, type CommitPorts, commitChanges } from './commit-changes.ts';
import { dropDeliveryBody, keepPayload } from './delivery-body.ts';
import { type DeliveryFailure, detailOf, fateOf, retryDelaySeconds } from './delivery-fate.ts';
import type { DeliverySource, Interpretation } from './delivery-source.ts';
import type { Ending } from './event-document.ts';
import type { RecordChange } from './record-change.ts';

/**
 * What happens to one delivery once it is understood, or once it is clear that it cannot be: written and noted, parked,
 * or given back to the queue. The queue forgets it only after one of these is durable. I/O: the ports.
 */
export interface ConsumerPorts extends CommitPorts {
  readonly overflow: OverflowStore;
  readonly log: Log;
}

/** A message as Cloudflare Queues hands it to a consumer. */
export interface QueuedMessage {
  readonly body: unknown;
  /** Counts this one: 1 on the first. */
  readonly attempts: number;
  ack(): void;
  retry(options: { delaySeconds: number }): void;
}

/** One delivery in one attempt of the queue. */
export interface Attempt {
  readonly message: QueuedMessage;
  readonly delivery: InboundDelivery;
  /** Empty where the body could not be read. */
  readonly payload: JsonObject;
}

/** Brings what a delivery means into the records, or sends the delivery to its fate. */
export async function settleDelivery(
  ports: ConsumerPorts,
  source: DeliverySource,
  attempt: Attempt,
  meaning: Interpretation,
): Promise<void> {
  if (meaning.kind === 'unfinished') return settleUnfinished(ports, source, attempt, meaning);
  const changes = meaning.kind === 'understood' ? meaning.changes : [];
  const ending: Ending | undefined = meaning.kind === 'unsupported' ? { outcome: 'unsupported' } : undefined;
  const noted = await note(ports, source, attempt, changes, ending);
  if (noted.ok) return finish(ports, source, attempt.message, attempt.delivery, noted.value);
  return settleUnfinished(ports, source, attempt, { kind: 'unfinished', changes: [], failure: noted.error });
}

async function settleUnfinished(
  ports: ConsumerPorts,
  source: DeliverySource,
  attempt: Attempt,
  meaning: Interpretation & { kind: 'unfinished' },
): Promise<void> {
  if (meaning.changes.length > 0) {
    const written = await commitChanges(ports, { by: source.deployable, changes: meaning.changes });
    if (!written.ok)
      ports.log.warn('record.not_written', { reason: written.error.kind, detail: detailOf(written.error) });
  }
  const fate = fateOf(meaning.failure);
  if (fate.act === 'retry') return giveBack(ports, source, attempt.message, meaning.failure);
  await parkDelivery(ports, source, attempt, { reason: fate.reason, detail: detailOf(meaning.failure) });
}

/** Parks durably, and only then lets the queue forget the message. */
export async function parkDelivery(
  ports: ConsumerPorts,
  source: DeliverySource,
  attempt: Attempt,
  why: { reason: string; detail: string },
): Promise<void> {
  const noted = await note(ports, source, attempt, [], {
    outcome: 'parked',
    ...why,
    attempts: attempt.message.attempts,
  });
  if (!noted.ok) return giveBack(ports, source, attempt.message, noted.error);
  if (noted.value === 'parked') {
    ports.log.error('delivery.parked', { source: source.source, eventId: attempt.delivery.eventId, ...why });
  }
  return finish(ports, source, attempt.message, attempt.delivery, noted.value);
}

async function note(
  ports: ConsumerPorts,
  source: DeliverySource,
  attempt: Attempt,
  changes: readonly RecordChange[],
  ending: Ending | undefined,
): Promise<Result<CommitOutcome, DeliveryFailure>> {
  const { delivery, payload } = attempt;
  const kept = await keepPayload(ports.overflow, delivery, payload);
  if (!kept.ok) return kept;
  return commitChanges(ports, {
    by: source.deployable,
    changes,
    event: {
      delivery,
      event: source.eventName(payload),
      payload: kept.value,
      records: [...new Set(changes.map(change => recordKey(change.source, change.kind, change.sourceId)))],
      pipelineRevision: source.pipelineRevision,
    },
    ...(ending === undefined ? {} : { ending }),
  });
}

/** The last thing that happens to a delivery: nothing of it is left on the queue or in the overflow store. */
export async function finish(
  ports: ConsumerPorts,
  source: DeliverySource,
  message: QueuedMessage,
  delivery: InboundDelivery,
  outcome: CommitOutcome,
): Promise<void> {
  if (!(await dropDeliveryBody(ports.overflow, delivery)))
    ports.log.warn('overflow.not_deleted', { eventId: delivery.eventId });
  message.ack();
  const lagMs = ports.now() - Date.parse(delivery.receivedAt);
  const fields = { source: source.source, eventId: delivery.eventId, outcome, attempts: message.attempts, lagMs };
  ports.log.info('delivery.settled', fields);
}

/** Back to the queue, to be tried again later. */
export function giveBack(
  ports: ConsumerPorts,
  source: DeliverySource,
  message: QueuedMessage,
  failure: DeliveryFailure,
): void {
  const fate = fateOf(failure);
  const notBeforeMs = fate.act === 'retry' ? fate.notBeforeMs : 0;
  const delaySeconds = retryDelaySeconds(message.attempts, notBeforeMs, ports.random);
  const fields = { source: source.source, reason: failure.kind, attempts: message.attempts, delaySeconds };
  if (fate.act === 'retry' && fate.alert) ports.log.error('delivery.blocked', fields);
  else ports.log.warn('delivery.retried', fields);
  message.retry({ delaySeconds });
}
