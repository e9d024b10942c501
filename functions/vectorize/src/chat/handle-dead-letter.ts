import { chatChangeKey } from '@innkeeper/shared/contracts/chat-change';
import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { decodeChange, decodePush } from './decode-push.ts';
import { parkChange } from './park-change.ts';
import { ACKNOWLEDGED, BAD_REQUEST, PUSH_AGAIN } from './push-status.ts';

/**
 * A push of the dead-letter topic: a change that failed as often as the subscription allows is parked and kept for
 * replay. Nothing is acknowledged before that is durable.
 */
export interface DeadLetterPorts {
  readonly store: DocumentStore;
  readonly log: Log;
  readonly now: () => Date;
}

/** Added by Pub/Sub to what it forwards. */
const DELIVERY_COUNT = 'CloudPubSubDeadLetterSourceDeliveryCount';

export async function handleDeadLetter(ports: DeadLetterPorts, body: unknown): Promise<number> {
  const push = decodePush(body);
  if (!push.ok) {
    ports.log.error('push.undecodable', { detail: push.error.detail });
    return BAD_REQUEST;
  }
  const { messageId, attributes, text } = push.value;
  const parked = await parkChange(ports, push.value, {
    reason: 'attempts_exhausted',
    detail: 'every attempt of the subscription failed; replay it from its event',
    attempts: Number(attributes[DELIVERY_COUNT] ?? 0),
  });
  if (!parked.ok) {
    ports.log.error('change.parking_failed', { messageId, reason: parked.error.kind });
    return PUSH_AGAIN;
  }
  const change = decodeChange(text);
  ports.log.error('change.parked', {
    messageId,
    change: change.ok ? chatChangeKey(change.value) : undefined,
    reason: 'attempts_exhausted',
  });
  return ACKNOWLEDGED;
}
