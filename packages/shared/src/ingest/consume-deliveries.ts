import { InboundDelivery } from '../contracts/inbound-delivery.ts';
import { recordKey } from '../domain/ids.ts';
import { ok, type Result } from '../result/result.ts';
import { readDeliveryBody } from './delivery-body.ts';
import { type DeliveryFailure, retryDelaySeconds } from './delivery-fate.ts';
import type { DeliverySource, Interpretation } from './delivery-source.ts';
import { eventPath, eventStanding } from './event-document.ts';
import { parkUnreadable } from './park-unreadable.ts';
import {
  type Attempt,
  type ConsumerPorts,
  finish,
  giveBack,
  type QueuedMessage,
  settleDelivery,
} from './settle-delivery.ts';

/**
 * Settles a batch from the queue message by message: one that cannot be processed goes back or is parked by itself,
 * and never holds up or repeats the others. Deliveries about the same record run one after another. I/O: the ports.
 */
export async function consumeDeliveries(
  ports: ConsumerPorts,
  source: DeliverySource,
  messages: readonly QueuedMessage[],
): Promise<void> {
  const settled = await findSettled(ports, source, messages);
  const turns = new Map<string, Promise<void>>();
  await Promise.all(
    messages.map(async message => {
      try {
        await consumeOne(ports, source, message, settled, turns);
      } catch (error) {
        // A bug: the queue brings the message again and, in the end, to the dead letters, where a person sees it.
        ports.log.error('delivery.crashed', { error: error instanceof Error ? error.name : 'unknown' });
        message.retry({ delaySeconds: retryDelaySeconds(message.attempts, 0, ports.random) });
      }
    }),
  );
}

/** One read tells which deliveries were noted before, so that repeats cost nothing more. */
async function findSettled(
  ports: ConsumerPorts,
  source: DeliverySource,
  messages: readonly QueuedMessage[],
): Promise<Result<ReadonlySet<string>, DeliveryFailure>> {
  const ids = messages.flatMap(message => {
    const parsed = InboundDelivery.safeParse(message.body);
    return parsed.success && parsed.data.replay === undefined ? [parsed.data.eventId] : [];
  });
  const unique = [...new Set(ids)];
  if (unique.length === 0) return ok(new Set());
  const read = await ports.store.getAll(unique.map(eventPath));
  if (!read.ok) return read;
  return ok(
    new Set(unique.filter((_id, index) => eventStanding(read.value[index], {}, source.pipelineRevision) === 'settled')),
  );
}

async function consumeOne(
  ports: ConsumerPorts,
  source: DeliverySource,
  message: QueuedMessage,
  settled: Result<ReadonlySet<string>, DeliveryFailure>,
  turns: Map<string, Promise<void>>,
): Promise<void> {
  if (!settled.ok) return giveBack(ports, source, message, settled.error);
  const parsed = InboundDelivery.safeParse(message.body);
  if (!parsed.success) return parkUnreadable(ports, source, message);
  const delivery = parsed.data;
  if (delivery.replay === undefined && settled.value.has(delivery.eventId))
    return finish(ports, source, message, delivery, 'settled');

  const body = await readDeliveryBody(ports.overflow, delivery);
  const attempt: Attempt = { message, delivery, payload: body.ok ? body.value : {} };
  const meaning: Interpretation = body.ok
    ? await source.interpret({ delivery, payload: body.value })
    : { kind: 'unfinished', changes: [], failure: body.error };
  await inTurn(turns, subjectOf(meaning, delivery), () => settleDelivery(ports, source, attempt, meaning));
}

/** Runs `task` after the ones queued for the same subject, whatever became of them. */
async function inTurn(turns: Map<string, Promise<void>>, subject: string, task: () => Promise<void>): Promise<void> {
  const before = turns.get(subject) ?? Promise.resolve();
  const mine = before.then(task, task);
  turns.set(subject, mine);
  await mine;
}

function subjectOf(meaning: Interpretation, delivery: InboundDelivery): string {
  const change = meaning.kind === 'unsupported' ? undefined : meaning.changes[0];
  return change === undefined ? delivery.eventId : recordKey(change.source, change.kind, change.sourceId);
}
