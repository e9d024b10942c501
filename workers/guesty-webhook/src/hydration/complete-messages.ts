import { BusinessRecord, type RecordOf } from '@innkeeper/shared/domain/business-record';
import { type RecordChange, rank } from '@innkeeper/shared/ingest/record-change';
import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { buildChange, changedAtMs } from '../build-change.ts';
import { homePart } from '../home-of-message.ts';
import type { FoundReservation } from './hydrate-reservations.ts';
import { readOrigin } from './hydrator-ports.ts';

/**
 * Guest messages whose home follows from a booking: written before the booking was known, or about a stay that has moved
 * since. Looked for only where the stay is news. I/O: one query of the document store.
 */
export interface CompletedMessage {
  readonly reservationId: string;
  readonly change: RecordChange;
}

export async function completeMessages(
  store: Pick<DocumentStore, 'query'>,
  found: readonly FoundReservation[],
  known: ReadonlyMap<string, BusinessRecord>,
): Promise<Result<readonly CompletedMessage[], StoreError>> {
  const news = new Map(
    found.filter(reservation => stayIsNews(reservation, known)).map(reservation => [reservation.entry.id, reservation]),
  );
  if (news.size === 0) return ok([]);
  const waiting = await store.query({
    collection: 'records',
    where: [
      { field: 'kind', op: '==', value: 'guest-message' },
      { field: 'facts.reservationId', op: 'in', value: [...news.keys()] },
    ],
  });
  if (!waiting.ok) return waiting;
  return ok(
    waiting.value.flatMap(({ fields }) => {
      const record = BusinessRecord.safeParse(fields);
      if (!record.success || record.data.kind !== 'guest-message') return [];
      const reservation = news.get(record.data.facts.reservationId ?? '');
      return reservation === undefined ? [] : complete(record.data, reservation);
    }),
  );
}

/** A stay only heard of so far counts as news: what was written before it was heard still waits. */
function stayIsNews({ names, facts }: FoundReservation, known: ReadonlyMap<string, BusinessRecord>): boolean {
  if (facts.stay === undefined || facts.stay === null) return false;
  const before = known.get(names.reservation);
  if (before?.kind !== 'reservation' || before.versions['state'] === undefined) return true;
  const homes = (stay: readonly { readonly listingId: string; readonly checkInDate: string }[]) =>
    stay.map(({ listingId, checkInDate }) => `${listingId} ${checkInDate}`).join();
  return homes(before.facts.stay) !== homes(facts.stay);
}

/** Nothing where the message has that home already. */
function complete(message: RecordOf<'guest-message'>, found: FoundReservation): CompletedMessage[] {
  const { entry, facts, reservation, beganAtMs } = found;
  const booked = { stay: facts.stay ?? [], rank: rank.state, version: changedAtMs(reservation) ?? beganAtMs };
  const part = homePart(message.facts.sentAt, booked);
  if (part.facts?.['listingId'] === message.facts.listingId) return [];
  const change = buildChange(readOrigin(entry, beganAtMs), 'guest-message', message.sourceId, [part]);
  return [{ reservationId: entry.id, change }];
}
