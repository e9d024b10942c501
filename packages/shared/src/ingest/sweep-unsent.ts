import { InboundDelivery } from '../contracts/inbound-delivery.ts';
import type { RecordSource } from '../domain/ids.ts';
import type { DeliveryQueue, DurabilityError, OverflowStore } from '../ports/delivery-queue.ts';
import { err, ok, type Result } from '../result/result.ts';
import { CONNECTIONS_MAX, unsentPrefix } from './accept-delivery.ts';
import { answerInTime } from './answer-in-time.ts';
import type { DeliveryFailure } from './delivery-fate.ts';
import { type KeepUnreadablePorts, keepUnreadable } from './park-unreadable.ts';

/**
 * Puts back on the queue what the queue did not take when it was delivered. An object goes only once the queue has it, so
 * a run that ends anywhere is finished by the next one; a delivery sent twice changes nothing. I/O: the ports.
 */
export interface SweepPorts extends KeepUnreadablePorts {
  readonly queue: DeliveryQueue;
}

export interface Sweep {
  readonly sent: number;
  /** Objects that are no delivery: kept under `parked`. */
  readonly parked: number;
  /** Whether objects may be left that this run did not get to. */
  readonly isUnfinished: boolean;
}

/** Three calls each stay below the 1,000 that one invocation of a Worker may make. */
export const SWEEP_OBJECTS_MAX = 300;

export async function sweepUnsent(
  ports: SweepPorts,
  source: { readonly source: RecordSource; readonly deployable: string },
): Promise<Result<Sweep, DeliveryFailure>> {
  const listed = await ports.overflow.list(unsentPrefix(source.source), { max: SWEEP_OBJECTS_MAX });
  if (!listed.ok) {
    ports.log.warn('unsent.not_listed', { reason: listed.error.kind });
    return listed;
  }
  const { keys, cursor } = listed.value;
  let [sent, parked] = [0, 0];
  for (let at = 0; at < keys.length; at += CONNECTIONS_MAX) {
    const turns = await Promise.all(keys.slice(at, at + CONNECTIONS_MAX).map(key => sweepOne(ports, source, key)));
    const count = (what: Swept): number => turns.filter(turn => turn.ok && turn.value === what).length;
    sent += count('sent');
    parked += count('parked');
    const failed = turns.find(turn => !turn.ok);
    // Still down: asking on would only make it busier, and the next run comes within a minute.
    if (failed !== undefined) return tell(ports, { sent, parked, isUnfinished: true }, failed);
  }
  return tell(ports, { sent, parked, isUnfinished: cursor !== undefined }, undefined);
}

type Swept = 'sent' | 'parked' | 'gone';

async function sweepOne(
  ports: SweepPorts,
  source: { readonly source: RecordSource; readonly deployable: string },
  key: string,
): Promise<Result<Swept, DeliveryFailure>> {
  const text = await ports.overflow.get(key);
  if (!text.ok) return text;
  if (text.value === undefined) return ok('gone'); // another run was faster
  const delivery = readDelivery(text.value);
  const isOurs = delivery?.source === source.source;
  const moved = isOurs
    ? await answerInTime(ports.queue.send(delivery), 1)
    : await keepUnreadable(ports, source, { text: text.value, attempts: 1 });
  if (!moved.ok) return moved;
  const deleted = await ports.overflow.delete(key);
  return deleted.ok ? ok(isOurs ? 'sent' : 'parked') : deleted;
}

function readDelivery(text: string): InboundDelivery | undefined {
  try {
    return InboundDelivery.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // not JSON: kept as unreadable
  }
}

function tell(
  ports: SweepPorts,
  sweep: Sweep,
  failed: Result<unknown, DeliveryFailure> | undefined,
): Result<Sweep, DeliveryFailure> {
  const reason = failed?.ok === false ? failed.error.kind : undefined;
  if (reason !== undefined) ports.log.warn('unsent.left', { ...sweep, reason });
  else if (sweep.sent + sweep.parked > 0) ports.log.info('unsent.swept', { ...sweep });
  return ok(sweep);
}

const COUNT_PAGES_MAX = 20;
const KEYS_PER_PAGE = 1_000;

/** Deliveries that wait for the queue; counted up to 20,000. */
export async function countUnsent(
  overflow: Pick<OverflowStore, 'list'>,
  source: RecordSource,
): Promise<Result<number, DurabilityError>> {
  let count = 0;
  let cursor: string | undefined;
  for (let page = 0; page < COUNT_PAGES_MAX; page += 1) {
    const listed = await overflow.list(unsentPrefix(source), {
      max: KEYS_PER_PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (!listed.ok) return err(listed.error);
    count += listed.value.keys.length;
    cursor = listed.value.cursor;
    if (cursor === undefined) break;
  }
  return ok(count);
}
