import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentPath } from '@innkeeper/shared/ports/document-store';
import type { VectorStoreError } from '@innkeeper/shared/ports/vector-store';
import type { Result } from '@innkeeper/shared/result/result';
import { type Converged, type ConvergeError, type ConvergePorts, converge } from './converge/converge.ts';
import { decodeEvent } from './decode-event.ts';
import { parkDocument } from './park-document.ts';
import { ATTEMPTS_PER_CALL, type PatiencePorts, tryPatiently } from './patience.ts';
import { decideFate } from './settle.ts';

/** A Firestore event in, a settled index out. Throws to be called again; see `settle.ts`. */
export interface HandlerPorts extends ConvergePorts, PatiencePorts {
  readonly log: Log;
  /** Makes sure that the collection is there and fits; cheap when it was already made sure of. */
  readonly prepare: () => Promise<Result<void, VectorStoreError>>;
}

/** Thrown to make the platform redeliver; carries no payload. */
export class RedeliverError extends Error {
  constructor(reason: string) {
    super(`redeliver: ${reason}`);
    this.name = 'RedeliverError';
  }
}

export async function handleEvent(ports: HandlerPorts, event: unknown): Promise<void> {
  const hint = decodeEvent(event);
  if (!hint.ok) {
    // Nothing names the document: delivering it again would bring the same riddle, and there is nothing to park.
    ports.log.error('event.undecodable', { detail: hint.error.detail });
    return;
  }
  const { path, occurredAt, eventId } = hint.value;
  const outcome = await tryPatiently(ports, () => prepareAndConverge(ports, path));
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

async function prepareAndConverge(ports: HandlerPorts, path: DocumentPath): Promise<Result<Converged, ConvergeError>> {
  const prepared = await ports.prepare();
  return prepared.ok ? converge(ports, path) : prepared;
}

async function park(ports: HandlerPorts, path: DocumentPath, fate: { reason: string; detail: string }): Promise<void> {
  const { reason, detail } = fate;
  const parked = await parkDocument(ports, path, { reason, detail, attempts: ATTEMPTS_PER_CALL });
  if (!parked.ok) throw new RedeliverError(`parking_${parked.error.kind}`);
}
