import type { Parked } from '../contracts/parked.ts';
import type { DeliverySource } from './delivery-source.ts';
import { type ConsumerPorts, giveBack, type QueuedMessage } from './settle-delivery.ts';

/** A message that is not a delivery of ours (another version's, a hand-made one): kept whole in the overflow store, named in `parked`. I/O: the ports. */
export async function parkUnreadable(
  ports: ConsumerPorts,
  source: DeliverySource,
  message: QueuedMessage,
): Promise<void> {
  const reason = 'delivery_unreadable';
  const text = JSON.stringify(message.body) ?? '';
  const id = await sha256Hex(text);
  const r2Key = `parked/${source.source}/${id}.json`;
  const kept = await ports.overflow.put(r2Key, text);
  if (!kept.ok) return giveBack(ports, source, message, kept.error);
  const parked: Parked = {
    v: 1,
    by: source.deployable,
    reason,
    detail: 'the message does not have the shape of a delivery',
    subject: `r2:${r2Key}`,
    attempts: message.attempts,
    parkedAt: new Date(ports.now()).toISOString(),
  };
  const noted = await ports.store.commit([{ op: 'set', path: `parked/${source.source}-${id}`, fields: parked }]);
  if (!noted.ok) return giveBack(ports, source, message, noted.error);
  ports.log.error('delivery.parked', { source: source.source, reason });
  message.ack();
}

async function sha256Hex(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
