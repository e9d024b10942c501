import { type ChatChange, chatChangeKey } from '@innkeeper/shared/contracts/chat-change';
import type { DocumentPath } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type Converged, converge } from '../converge/converge.ts';
import type { HandlerPorts } from '../handler.ts';
import { parkDocument } from '../park-document.ts';
import { ATTEMPTS_PER_CALL, tryPatiently } from '../patience.ts';
import type { Fate, IndexError } from '../settle.ts';
import { applyChange, type ChangeApplied } from './apply-change.ts';
import { decodeChange, decodePush, type Push } from './decode-push.ts';
import type { GroupCommit } from './group-commit.ts';
import { parkChange, unparkChange } from './park-change.ts';
import { ACKNOWLEDGED, BAD_REQUEST, PUSH_AGAIN } from './push-status.ts';
import { type ChangeHandled, decideChangeFate } from './settle-change.ts';

/** A Pub/Sub push in, chat documents and index up to date; answers with the status for Pub/Sub. See `settle-change.ts`. */
export interface ChatPorts extends HandlerPorts {
  readonly groups: GroupCommit;
}

/** `document`: what could not be indexed, once the change itself is in Firestore. */
type Failure = IndexError & { readonly document?: DocumentPath };

export async function handlePush(ports: ChatPorts, body: unknown): Promise<number> {
  const push = decodePush(body);
  if (!push.ok) {
    ports.log.error('push.undecodable', { detail: push.error.detail }); // Not from Pub/Sub: nothing to park it by.
    return BAD_REQUEST;
  }
  const { messageId, publishedAt, text } = push.value;
  const change = decodeChange(text);
  const outcome: Result<ChangeHandled, Failure> = change.ok
    ? await tryPatiently(ports, () => handleChange(ports, change.value))
    : change;
  const fate = decideChangeFate(outcome, ports.now().getTime() - publishedAt.getTime());
  const about = { messageId, change: change.ok ? chatChangeKey(change.value) : undefined };
  switch (fate.kind) {
    case 'done':
      ports.log.info('change.applied', { ...about, effect: outcome.ok ? outcome.value.effect : undefined });
      return unpark(ports, push.value);
    case 'drop':
      ports.log.warn('change.dropped', { ...about, reason: fate.reason });
      return unpark(ports, push.value);
    case 'park':
      return park(ports, push.value, fate, { ...about, document: outcome.ok ? undefined : outcome.error.document });
    case 'redeliver':
      ports.log[fate.alert ? 'error' : 'warn']('change.deferred', {
        ...about,
        reason: fate.reason,
        detail: outcome.ok ? undefined : outcome.error.detail,
      });
      return PUSH_AGAIN;
  }
}

async function handleChange(ports: ChatPorts, change: ChatChange): Promise<Result<ChangeHandled, Failure>> {
  const applied = await applyChange(ports, change);
  if (!applied.ok) return applied;
  const converged = await bringIndexAlong(ports, applied.value);
  if (converged.ok) return ok({ effect: applied.value.effect, converged: converged.value });
  const { document } = applied.value;
  return err(document === undefined ? converged.error : { ...converged.error, document });
}

/** After Firestore: who may read what must not wait for an index that is away. */
async function bringIndexAlong(
  ports: ChatPorts,
  { document, closedRoomId }: ChangeApplied,
): Promise<Result<Converged, IndexError>> {
  if (document === undefined && closedRoomId === undefined) return ok({ kind: 'settled' });
  const prepared = await ports.prepare();
  if (!prepared.ok) return prepared;
  if (document !== undefined) return converge(ports, document);
  const removed = await ports.vectors.deleteWhere({
    must: [
      { field: 'roomId', equals: closedRoomId ?? '' },
      { field: 'kind', equals: 'chat-message' },
    ],
  });
  return removed.ok ? ok({ kind: 'settled' }) : removed;
}

async function park(
  ports: ChatPorts,
  push: Push,
  fate: Extract<Fate, { kind: 'park' }>,
  { document, ...about }: { readonly document: DocumentPath | undefined; readonly messageId: string },
): Promise<number> {
  const why = { reason: fate.reason, detail: fate.detail };
  const attempted = { ...why, attempts: ATTEMPTS_PER_CALL };
  const parked =
    document === undefined ? await parkChange(ports, push, attempted) : await parkDocument(ports, document, attempted);
  if (!parked.ok) {
    ports.log.error('change.parking_failed', { ...about, reason: parked.error.kind });
    return PUSH_AGAIN;
  }
  ports.log.error('change.parked', { ...about, ...why });
  // Where the document is parked, the change itself was applied.
  return document === undefined ? ACKNOWLEDGED : unpark(ports, push);
}

async function unpark(ports: ChatPorts, push: Push): Promise<number> {
  const unparked = await unparkChange(ports, push);
  if (unparked.ok) return ACKNOWLEDGED;
  ports.log.warn('change.unparking_failed', { messageId: push.messageId, reason: unparked.error.kind });
  return PUSH_AGAIN;
}
