import { chatChangeKey } from '@innkeeper/shared/contracts/chat-change';
import type { Parked } from '@innkeeper/shared/contracts/parked';
import type { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import {
  type DocumentFields,
  type DocumentPath,
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
  const { event, parked } = pathsOf(push);
  const parkAs = (subject: string): DocumentWrite => {
    const fields: Parked = { v: 1, by: 'vectorize', ...about, subject, parkedAt: ports.now().toISOString() };
    return { op: 'set', path: parked, fields };
  };
  // A replay's change is kept already, with the day it expires on.
  const keep: DocumentWrite[] =
    push.replayOf === undefined ? [{ op: 'set', path: event, fields: eventFields(push, about.reason) }] : [];
  const kept = await ports.store.commit([...keep, parkAs(event)]);
  if (kept.ok) return ok(undefined);
  if (kept.error.kind !== 'refused') return kept;
  const left = await ports.store.commit([parkAs(sourceOf(push))]);
  return left.ok ? ok(undefined) : left;
}

/** Takes away what a replay has dealt with: what a person saw, and the change that was kept for it. */
export async function unparkChange(
  ports: { readonly store: DocumentStore },
  push: Push,
): Promise<Result<void, StoreError>> {
  if (push.replayOf === undefined) return ok(undefined);
  const { event, parked } = pathsOf(push);
  const removed = await ports.store.commit([
    { op: 'delete', path: event },
    { op: 'delete', path: parked },
  ]);
  return removed.ok ? ok(undefined) : removed;
}

const eventIdOf = ({ messageId, replayOf = messageId }: Push): string => `rocketchat-${replayOf}`;

function pathsOf(push: Push): { readonly event: DocumentPath; readonly parked: DocumentPath } {
  return { event: `events/${eventIdOf(push)}`, parked: `parked/vectorize:chat:${push.replayOf ?? push.messageId}` };
}

/** Where a change came from. */
function sourceOf(push: Push): string {
  const change = decodeChange(push.text);
  if (!change.ok) return `pubsub:${push.messageId}`;
  const [thing, id] = [change.value.kind.split('-')[0], chatChangeKey(change.value).replace(/^[a-z]+:/u, '')];
  const collection = { room: 'rocketchat_room', member: 'rocketchat_subscription', user: 'users' }[thing ?? ''];
  return `mongodb:${collection ?? 'rocketchat_message'}/${id}`;
}

function eventFields(push: Push, reason: string): DocumentFields {
  const event = {
    v: 1,
    source: 'rocketchat',
    eventId: eventIdOf(push),
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
