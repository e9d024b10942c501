import type { Parked } from '@innkeeper/shared/contracts/parked';
import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentPath } from '@innkeeper/shared/ports/document-store';
import type { VectorStoreError } from '@innkeeper/shared/ports/vector-store';
import type { Result } from '@innkeeper/shared/result/result';
import { type Converged, type ConvergeError, type ConvergePorts, converge } from './converge/converge.ts';
import { decodeEvent } from './decode-event.ts';
import { decideFate } from './settle.ts';

/** A Firestore event in, a settled index out. Throws to be called again; see `settle.ts`. */
export interface HandlerPorts extends ConvergePorts {
  readonly log: Log;
  /** Makes sure that the collection is there and fits; cheap when it was already made sure of. */
  readonly prepare: () => Promise<Result<void, VectorStoreError>>;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
}

/** Thrown to make the platform redeliver; carries no payload. */
export class RedeliverError extends Error {
  constructor(reason: string) {
    super(`redeliver: ${reason}`);
    this.name = 'RedeliverError';
  }
}

/** Short troubles are over within these; longer ones are the platform's to retry. */
const PAUSES_MS = [100, 400, 1_200];

export async function handleEvent(ports: HandlerPorts, event: unknown): Promise<void> {
  const hint = decodeEvent(event);
  if (!hint.ok) {
    // Nothing names the document: delivering it again would bring the same riddle, and there is nothing to park.
    ports.log.error('event.undecodable', { detail: hint.error.detail });
    return;
  }
  const { path, occurredAt, eventId } = hint.value;
  const outcome = await convergePatiently(ports, path);
  const fate = decideFate(outcome, ports.now().getTime() - occurredAt.getTime());
  switch (fate.kind) {
    case 'done':
      ports.log.info('document.indexed', { path, eventId });
      return;
    case 'park':
      ports.log.error('document.parked', { path, eventId, reason: fate.reason, detail: fate.detail });
      await park(ports, path, fate);
      return;
    case 'redeliver':
      ports.log[fate.alert ? 'error' : 'warn']('document.deferred', {
        path,
        eventId,
        reason: fate.reason,
        detail: outcome.ok ? undefined : outcome.error.detail,
      });
      throw new RedeliverError(fate.reason);
  }
}

async function convergePatiently(ports: HandlerPorts, path: DocumentPath): Promise<Result<Converged, ConvergeError>> {
  let outcome = await prepareAndConverge(ports, path);
  for (const pauseMs of PAUSES_MS) {
    if (outcome.ok || !['unavailable', 'contention', 'restless'].includes(outcome.error.kind)) return outcome;
    await ports.pause(pauseMs * (0.5 + ports.random()));
    outcome = await prepareAndConverge(ports, path);
  }
  return outcome;
}

async function prepareAndConverge(ports: HandlerPorts, path: DocumentPath): Promise<Result<Converged, ConvergeError>> {
  const prepared = await ports.prepare();
  return prepared.ok ? converge(ports, path) : prepared;
}

async function park(ports: HandlerPorts, path: DocumentPath, fate: { reason: string; detail: string }): Promise<void> {
  const parked: Parked = {
    v: 1,
    by: 'vectorize',
    reason: fate.reason,
    detail: fate.detail,
    subject: path,
    attempts: PAUSES_MS.length + 1,
    parkedAt: ports.now().toISOString(),
  };
  const written = await ports.store.commit([
    { op: 'set', path: `parked/vectorize:${path.replace('/', ':')}`, fields: parked },
  ]);
  if (!written.ok) throw new RedeliverError(`parking_${written.error.kind}`);
}
