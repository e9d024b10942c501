import type { ErasureOrder } from '@innkeeper/shared/contracts/backup/erasure-order';
import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { ERASED_PAYLOAD } from '@innkeeper/shared/ingest/event-document';
import { mergeRecord } from '@innkeeper/shared/ingest/merge-record';
import { type RecordChange, rank } from '@innkeeper/shared/ingest/record-change';
import type { StoredDocument } from '@innkeeper/shared/ports/document-store';
import type { Traces } from './find-traces.ts';

/**
 * What becomes of each document a person stands in: as fields to write now, and as effects that every restore repeats.
 * Pure.
 */
export const ERASED_TEXT = '(erased)';

type Effects = ErasureOrder['effects'];
type Fields = NonNullable<Extract<Effects[number], { store: 'firestore' }>['set']>;

/** The whole of a document's new top-level fields, by the collection it is in. */
export const erasedFields: Readonly<Record<'events' | 'parked' | 'interactions' | 'chatMessages', Fields>> = {
  events: { payload: ERASED_PAYLOAD },
  parked: { detail: ERASED_TEXT },
  interactions: { question: ERASED_TEXT, answer: ERASED_TEXT, plan: { kind: 'unclear' }, sources: [] },
  chatMessages: { text: ERASED_TEXT },
};

export const isErased = ({ fields }: StoredDocument): boolean =>
  [fields['answer'], fields['text'], fields['detail']].includes(ERASED_TEXT);

/** A payload in the bucket is not touched here: the event holds nothing but where it is. */
export const isErasedEvent = ({ fields }: StoredDocument): boolean =>
  JSON.stringify(fields['payload']) === JSON.stringify(ERASED_PAYLOAD) || 'r2Key' in Object(fields['payload']);

/** The word that takes the person out of a record. `order`: whose it is, for provenance. */
export function erasureOf(record: Pick<BusinessRecord, 'source' | 'kind' | 'sourceId'>, order: Order): RecordChange {
  const { source, kind, sourceId } = record;
  return {
    source,
    kind,
    sourceId,
    // A guest nobody has stored is kept as erased all the same, so that late words about them are recognised.
    parts: [
      { rank: rank.erased, version: order.erasedAtMs, ...(kind === 'guest' ? { facts: { guestId: sourceId } } : {}) },
    ],
    pipelineRevision: 1,
    observedAtMs: order.erasedAtMs,
    receivedAt: new Date(order.erasedAtMs).toISOString(),
    provenance: { eventId: order.orderId, event: 'erasure', via: 'erasure' },
  };
}

export interface Order {
  readonly orderId: string;
  readonly erasedAtMs: number;
}

export function recordEffects(records: readonly BusinessRecord[], order: Order): Effects {
  return records.flatMap((record): Effects => {
    const merged = mergeRecord(record, erasureOf(record, order));
    if (!merged.ok) return [];
    const { facts, stamps = {}, versions } = merged.value.record;
    const set = JSON.parse(JSON.stringify({ facts, stamps, versions, erased: true })) as Fields; // going through JSON makes it one
    return [{ store: 'firestore', path: `records/${record.key}`, set }];
  });
}

export function traceEffects(traces: Traces, links: readonly string[]): Effects {
  const firestore = (documents: readonly StoredDocument[], set: Fields): Effects =>
    documents.map(({ path }) => ({ store: 'firestore', path, set: { ...set } }));
  return [
    ...firestore(traces.events, erasedFields.events),
    ...firestore(traces.parked, erasedFields.parked),
    ...firestore(traces.interactions, erasedFields.interactions),
    ...firestore(traces.postCopies, erasedFields.chatMessages),
    ...links.map(path => ({ store: 'firestore' as const, path })),
    ...traces.posts.map(id => ({
      store: 'mongodb' as const,
      collection: 'rocketchat_message',
      id,
      set: { msg: ERASED_TEXT },
      // The text as parsed, and what was quoted with it.
      unset: ['md', 'attachments', 'urls', 'mentions'],
    })),
  ];
}
