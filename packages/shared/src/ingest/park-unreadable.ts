import type { Parked } from '../contracts/parked.ts';
import type { RecordSource } from '../domain/ids.ts';
import type { Log } from '../log/log.ts';
import type { OverflowStore } from '../ports/delivery-queue.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import { ok, type Result } from '../result/result.ts';
import type { DeliveryFailure } from './delivery-fate.ts';
import type { DeliverySource } from './delivery-source.ts';
import { type ConsumerPorts, giveBack, type QueuedMessage } from './settle-delivery.ts';
import { sha256Hex } from './sha256-hex.ts';

/** What is not a delivery of ours (another version's, a hand-made one): kept whole in the overflow store, named in `parked`. I/O: the ports. */
export async function parkUnreadable(
  ports: ConsumerPorts,
  source: DeliverySource,
  message: QueuedMessage,
): Promise<void> {
  const text = JSON.stringify(message.body) ?? '';
  const kept = await keepUnreadable(ports, source, { text, attempts: message.attempts });
  if (!kept.ok) return giveBack(ports, source, message, kept.error);
  message.ack();
}

export interface KeepUnreadablePorts {
  readonly overflow: OverflowStore;
  readonly store: Pick<DocumentStore, 'commit'>;
  readonly now: () => number;
  readonly log: Log;
}

/** Twice the same text is one object and one document. */
export async function keepUnreadable(
  ports: KeepUnreadablePorts,
  { source, deployable }: { readonly source: RecordSource; readonly deployable: string },
  found: { readonly text: string; readonly attempts: number },
): Promise<Result<void, DeliveryFailure>> {
  const reason = 'delivery_unreadable';
  const id = await sha256Hex(found.text);
  const r2Key = `parked/${source}/${id}.json`;
  const kept = await ports.overflow.put(r2Key, found.text);
  if (!kept.ok) return kept;
  const parked: Parked = {
    v: 1,
    by: deployable,
    reason,
    detail: 'the message does not have the shape of a delivery',
    subject: `r2:${r2Key}`,
    attempts: found.attempts,
    parkedAt: new Date(ports.now()).toISOString(),
  };
  const noted = await ports.store.commit([{ op: 'set', path: `parked/${source}-${id}`, fields: parked }]);
  if (!noted.ok) return noted;
  ports.log.error('delivery.parked', { source, reason });
  return ok(undefined);
}
