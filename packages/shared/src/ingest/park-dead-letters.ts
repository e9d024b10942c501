import { InboundDelivery } from '../contracts/inbound-delivery.ts';
import { readDeliveryBody } from './delivery-body.ts';
import { retryDelaySeconds } from './delivery-fate.ts';
import type { DeliverySource } from './delivery-source.ts';
import { parkUnreadable } from './park-unreadable.ts';
import { type ConsumerPorts, giveBack, parkDelivery, type QueuedMessage } from './settle-delivery.ts';

/**
 * Consumer of the dead-letter queue: what the queue gave up on is parked where a person sees it, with its payload kept
 * in `events` for replay. Nothing is acknowledged before that is durable, and one that breaks the code keeps no other from
 * being parked. I/O: the ports.
 */
export async function parkDeadLetters(
  ports: ConsumerPorts,
  source: DeliverySource,
  messages: readonly QueuedMessage[],
): Promise<void> {
  const patient = { ...ports, longestWaitMs: LONGEST_WAIT_MS };
  await Promise.all(
    messages.map(async message => {
      try {
        await parkOne(patient, source, message);
      } catch (error) {
        // A bug, most likely the one that brought it here.
        ports.log.error('delivery.crashed', { error: error instanceof Error ? error.name : 'unknown' });
        message.retry({ delaySeconds: retryDelaySeconds(message.attempts, 0, ports.random, LONGEST_WAIT_MS) });
      }
    }),
  );
}

/**
 * What this queue gives up on is gone. With such waits its hundred attempts reach over a week of outage, and end within the
 * fortnight for which it keeps a message.
 */
const LONGEST_WAIT_MS = 3 * 3_600_000;

async function parkOne(ports: ConsumerPorts, source: DeliverySource, message: QueuedMessage): Promise<void> {
  const parsed = InboundDelivery.safeParse(message.body);
  if (!parsed.success) return parkUnreadable(ports, source, message);
  const delivery = parsed.data;
  const body = await readDeliveryBody(ports.overflow, delivery);
  if (!body.ok && body.error.kind === 'unavailable') return giveBack(ports, source, message, body.error);
  return parkDelivery(
    ports,
    source,
    { message, delivery, payload: body.ok ? body.value : {} },
    { reason: 'attempts_exhausted', detail: 'every attempt of the queue failed; replay it from its event' },
  );
}
