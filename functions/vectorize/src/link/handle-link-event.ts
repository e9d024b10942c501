import type { Parked } from '@innkeeper/shared/contracts/parked';
import type { Log } from '@innkeeper/shared/log/log';
import { ok } from '@innkeeper/shared/result/result';
import { decodeEvent } from '../decode-event.ts';
import { RedeliverError } from '../handler.ts';
import { ATTEMPTS_PER_CALL, type PatiencePorts, tryPatiently } from '../patience.ts';
import { decideFate } from '../settle.ts';
import { type LinkPorts, link } from './link.ts';
import { parkedLinkPath } from './note-numbers.ts';

/** A Firestore event in, linked calls and texts out. Throws to be called again; see `settle.ts`. */
export interface LinkEventPorts extends LinkPorts, PatiencePorts {
  readonly log: Log;
}

/** Kinds that have telephone numbers; of all others not even the document is read. */
const NUMBERED = /^records\/((?:guesty:guest|aircall:(?:contact|call|text-message)):.+)$/u;

export async function handleLinkEvent(ports: LinkEventPorts, event: unknown): Promise<void> {
  const hint = decodeEvent(event);
  if (!hint.ok) {
    ports.log.error('event.undecodable', { detail: hint.error.detail });
    return;
  }
  const { path, occurredAt, eventId } = hint.value;
  const key = NUMBERED.exec(path)?.[1];
  if (key === undefined) return;
  const linked = await tryPatiently(ports, () => link(ports, key));
  const outcome = linked.ok ? ok({ kind: 'settled' } as const) : linked;
  const fate = decideFate(outcome, ports.now() - occurredAt.getTime());
  switch (fate.kind) {
    case 'done':
      return;
    case 'park':
      ports.log.error('link.parked', { path, eventId, reason: fate.reason, detail: fate.detail });
      return park(ports, key, fate);
    case 'redeliver':
      ports.log[fate.alert ? 'error' : 'warn']('link.deferred', { path, eventId, reason: fate.reason });
      throw new RedeliverError(fate.reason);
  }
}

async function park(ports: LinkEventPorts, key: string, why: { reason: string; detail: string }): Promise<void> {
  const fields: Parked = {
    v: 1,
    by: 'vectorize',
    reason: why.reason,
    detail: why.detail,
    subject: `records/${key}`,
    attempts: ATTEMPTS_PER_CALL,
    parkedAt: new Date(ports.now()).toISOString(),
  };
  const parked = await ports.store.commit([{ op: 'set', path: parkedLinkPath(key), fields: { ...fields } }]);
  if (!parked.ok) throw new RedeliverError(`parking_${parked.error.kind}`);
}
