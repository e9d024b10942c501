import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import type { JsonObject } from '../http-edge/parse-json-object.ts';
import type { Log } from '../log/log.ts';
import type { OverflowStore } from '../ports/delivery-queue.ts';
import type { HydrationGate, Mark } from '../ports/hydration-gate.ts';
import type { Result } from '../result/result.ts';
import { type Commit, type CommitOutcome, type CommitPorts, commitChanges } from './commit-changes.ts';
import { dropDeliveryBody, keepPayload } from './delivery-body.ts';
import { type DeliveryFailure, detailOf, fateOf, retryDelaySeconds } from './delivery-fate.ts';
import { type DeliverySource, type Interpretation, UNKNOWN_EVENT } from './delivery-source.ts';
import type { Ending } from './event-document.ts';
import { recordsSpokenOf } from './records-spoken-of.ts';
import { tellOfUnknownEvent } from './unknown-event.ts';

/**
 * What happens to one delivery once it is understood, or once it is clear that it cannot be: written and noted, parked,
 * or given back to the queue. The queue forgets it only after one of these is durable. I/O: the ports.
 */
export interface ConsumerPorts extends CommitPorts {
  readonly overflow: OverflowStore;
  readonly gate: HydrationGate;
  readonly log: Log;
  /** Between two attempts; a quarter of an hour where nothing is said. */
  readonly longestWaitMs?: number;
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
  if (meaning.kind === 'unsupported') {
    if (meaning.reason === UNKNOWN_EVENT) tellOfUnknownEvent(ports.log, source.source, eventNameOf(source, attempt));
    return settle(ports, source, attempt, { changes: [], ending: { outcome: 'unsupported', reason: meaning.reason } });
  }
  const { changes, marks = [] } = meaning;
  if (marks.length === 0) return settle(ports, source, attempt, { changes });
  const nameless = marks.find(({ id }) => id === '' || id.length > ID_LENGTH_MAX);
  if (nameless !== undefined) {
    const detail = `unexpected: id of the ${nameless.subject} to be read`;
    return parkDelivery(ports, source, attempt, { reason: 'payload_unexpected', detail });
  }
  // The gate first: a delivery that is noted is not read again, so nothing it asked for may be missing then.
  const marked = await ports.gate.mark(marks);
  if (!marked.ok)
    return settleUnfinished(ports, source, attempt, { kind: 'unfinished', changes, failure: marked.error });
  return settle(ports, source, attempt, { changes, marks });
}

/** As long as a vendor's id may be in a record. A longer one is parked here, where its cause is known, instead of asked for. */
const ID_LENGTH_MAX = 256;

/** What is to be noted with a delivery. */
interface Findings extends Pick<Commit, 'changes' | 'ending'> {
  readonly marks?: readonly Mark[];
}

async function settle(
  ports: ConsumerPorts,
  source: DeliverySource,
  attempt: Attempt,
  findings: Findings,
): Promise<void> {
  const noted = await note(ports, source, attempt, findings);
  if (noted.ok) return finish(ports, source, attempt.message, attempt.delivery, noted.value);
  // Too little for a record by itself; what is marked will tell the rest.
  const isAwaited = findings.marks !== undefined && findings.changes.length > 0;
  if (isAwaited && noted.error.kind === 'facts_insufficient') {
    return settle(ports, source, attempt, { ...findings, changes: [] });
  }
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
  const ending: Ending = { outcome: 'parked', ...why, attempts: attempt.message.attempts };
  const noted = await note(ports, source, attempt, { changes: [], ending });
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
  { marks = [], ...findings }: Findings,
): Promise<Result<CommitOutcome, DeliveryFailure>> {
  const { delivery, payload } = attempt;
  const kept = await keepPayload(ports.overflow, delivery, payload);
  if (!kept.ok) return kept;
  return commitChanges(ports, {
    by: source.deployable,
    ...findings,
    marked: marks.length > 0,
    event: {
      delivery,
      event: eventNameOf(source, attempt),
      payload: kept.value,
      records: recordsSpokenOf(source.source, findings.changes, marks),
      pipelineRevision: source.pipelineRevision,
    },
  });
}

/** A name is a few words; what a body gives instead must not make its event too large to be kept. */
const EVENT_NAME_LENGTH_MAX = 200;

const eventNameOf = (source: DeliverySource, attempt: Attempt): string =>
  source.eventName(attempt.payload).slice(0, EVENT_NAME_LENGTH_MAX).toWellFormed();

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
  const delaySeconds = retryDelaySeconds(message.attempts, notBeforeMs, ports.random, ports.longestWaitMs);
  const fields = { source: source.source, reason: failure.kind, attempts: message.attempts, delaySeconds };
  if (fate.act === 'retry' && fate.alert) ports.log.error('delivery.blocked', fields);
  else ports.log.warn('delivery.retried', fields);
  message.retry({ delaySeconds });
}
