import { chatChangeKey } from '@innkeeper/shared/contracts/chat-change';
import type { Parked } from '@innkeeper/shared/contracts/parked';
import type { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import {
  type DocumentFields,
  type DocumentStore,
  type DocumentWrite,
  type StoreError,
  Timestamp,
} from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { decodeChange, type Push } from './decode-push.ts';

/** Revision of `ChatChange` that kept changes were written for. */
const CHANGE_REVISION = 1;
/** People's words: as long as other events are kept. */
const EVENT_TTL_MS = 30 * 86_400_000;

/**
 * Puts a change that could not be applied where a person sees it, `parked/vectorize:chat:<message id>`, and keeps the
 * change itself in `events/rocketchat-<message id>` for replay. Both are named after the push, so that parking it again
 * writes the same documents. Where Firestore does not take the change (too large), it is left in MongoDB, its source.
 */
export async function parkChange(
  ports: { readonly store: DocumentStore; readonly now: () => Date },
  push: Push,
  about: { readonly reason: string; readonly detail: string; readonly attempts: number },
): Promise<Result<void, StoreError>> {
  const eventId = `rocketchat-${push.messageId}`;
  const parkAs = (subject: string): DocumentWrite => {
    const parked: Parked = { v: 1, by: 'vectorize', ...about, subject, parkedAt: ports.now().toISOString() };
    return { op: 'set', path: `parked/vectorize:chat:${push.messageId}`, fields: parked };
  };
  const kept = await ports.store.commit([
    { op: 'set', path: `events/${eventId}`, fields: eventFields(push, eventId, about.reason) },
    parkAs(`events/${eventId}`),
  ]);
  if (kept.ok) return ok(undefined);
  if (kept.error.kind !== 'refused') return kept;
  const parked = await ports.store.commit([parkAs(sourceOf(push))]);
  return parked.ok ? ok(undefined) : parked;
}

/** Where a change came from. */
function sourceOf(push: Push): string {
  const change = decodeChange(push.text);
  if (!change.ok) return `pubsub:${push.messageId}`;
  const [thing, id] = [change.value.kind.split('-')[0], chatChangeKey(change.value).replace(/^[a-z]+:/u, '')];
  const collection = { room: 'rocketchat_room', member: 'rocketchat_subscription', user: 'users' }[thing ?? ''];
  return `mongodb:${collection ?? 'rocketchat_message'}/${id}`;
}

function eventFields(push: Push, eventId: string, reason: string): DocumentFields {
  const event = {
    v: 1,
    source: 'rocketchat',
    eventId,
    event: push.attributes['kind'] ?? '',
    receivedAt: push.publishedAt.toISOString(),
    outcome: 'parked',
    reason,
    records: [],
    pipelineRevision: CHANGE_REVISION,
    payload: { inline: push.text },
  } satisfies StoredEvent;
  return { ...event, expireAt: Timestamp.fromMillis(push.publishedAt.getTime() + EVENT_TTL_MS) };
}
