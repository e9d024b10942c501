import { type PhoneRegion, toE164 } from '@innkeeper/shared/adapters/phone/e164';
import { findLinks } from '@innkeeper/shared/adapters/phone/find-links';
import { PhoneLink, phoneLinkPath } from '@innkeeper/shared/contracts/phone-link';
import { holdsPerson } from '@innkeeper/shared/domain/anonymous-facts';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { type RecordKey, recordKey } from '@innkeeper/shared/domain/ids';
import type { DocumentPath, DocumentStore, StoredDocument, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Person } from './recognise-person.ts';

/**
 * Every record of one guest: the guest, their bookings, what hangs on these, and calls, texts and contacts with one of
 * their numbers. Never by name. I/O: the document store.
 */
export interface PersonRecords {
  readonly guestId: string;
  readonly guestKey: RecordKey;
  readonly person: Person;
  readonly records: readonly BusinessRecord[];
  /** Calls and texts among them that a guest who stays has the number of, too. */
  readonly shared: readonly RecordKey[];
  /** Documents of `phoneLinks` about them. */
  readonly links: readonly DocumentPath[];
}

export type FindError = StoreError | { readonly kind: 'record_unreadable'; readonly detail: string };

export interface Known {
  /** Records that an earlier look, or an erasure that was cut off, has found. */
  readonly keys: readonly RecordKey[];
  /** As the guest was known then. */
  readonly person: Person;
}

export const NOTHING_KNOWN: Known = { keys: [], person: { names: [], numbers: [], emails: [] } };

export async function findRecords(
  store: DocumentStore,
  guestId: string,
  known: Known,
  region?: PhoneRegion,
): Promise<Result<PersonRecords, FindError>> {
  const guestKey = recordKey('guesty', 'guest', guestId);
  const byKey = new Map<string, BusinessRecord>();
  const add = (documents: readonly (StoredDocument | undefined)[]): Result<void, FindError> => {
    for (const document of documents) {
      if (document === undefined) continue;
      const record = BusinessRecord.safeParse(document.fields).data;
      if (record === undefined) return err({ kind: 'record_unreadable', detail: `${document.path} is not a record` });
      if (holdsPerson(record.kind)) byKey.set(record.key, record);
    }
    return ok(undefined);
  };
  const read = async (
    asked: Promise<Result<(StoredDocument | undefined)[], StoreError>>,
  ): Promise<Result<void, FindError>> => {
    const answer = await asked;
    return answer.ok ? add(answer.value) : answer;
  };

  const own = await read(store.getAll([...new Set([guestKey, ...known.keys])].map(key => `records/${key}` as const)));
  if (!own.ok) return own;
  const ofGuest = await read(withFact(store, 'facts.guestId', guestId));
  if (!ofGuest.ok) return ofGuest;
  for (const record of [...byKey.values()]) {
    if (record.kind !== 'reservation') continue;
    const ofBooking = await read(withFact(store, 'facts.reservationId', record.facts.reservationId));
    if (!ofBooking.ok) return ofBooking;
  }
  const numbers = await numbersOf(store, guestKey, byKey.get(guestKey), region);
  if (!numbers.ok) return numbers;
  const person = personIn([...byKey.values()], known.person, numbers.value);
  const linked = await findLinks(store, person.numbers);
  if (!linked.ok) return linked;
  const conversations = linked.value.filter(({ kind }) => kind !== 'guest').map(({ key }) => key);
  const byNumber = await read(store.getAll(conversations.map(key => `records/${key}` as const)));
  if (!byNumber.ok) return byNumber;

  const othersNumbers = new Set(
    linked.value.filter(({ kind, key }) => kind === 'guest' && key !== guestKey).flatMap(link => link.numbers),
  );
  const records = [...byKey.values()];
  return ok({
    guestId,
    guestKey,
    person: personIn(records, person, []),
    records,
    shared: linked.value
      .filter(link => link.kind !== 'guest' && link.numbers.some(number => othersNumbers.has(number)))
      .map(({ key }) => key),
    links: [...new Set([guestKey, ...records.map(({ key }) => key)])].map(phoneLinkPath),
  });
}

const withFact = (store: DocumentStore, field: string, value: string): Promise<Result<StoredDocument[], StoreError>> =>
  store.query({ collection: 'records', where: [{ field, op: '==', value }] });

/** As the guest's record gives them and as they were noted for linking. */
async function numbersOf(
  store: DocumentStore,
  guestKey: RecordKey,
  guest: BusinessRecord | undefined,
  region: PhoneRegion | undefined,
): Promise<Result<readonly string[], StoreError>> {
  const read = await store.getAll([phoneLinkPath(guestKey)]);
  if (!read.ok) return read;
  const written = guest?.kind === 'guest' ? guest.facts.phones.flatMap(phone => toE164(phone, region) ?? []) : [];
  const noted = PhoneLink.safeParse(read.value[0]?.fields).data?.numbers ?? [];
  return ok([...new Set([...written, ...noted])]);
}

function personIn(records: readonly BusinessRecord[], known: Person, numbers: readonly string[]): Person {
  const names = records.flatMap(record => {
    switch (record.kind) {
      case 'guest':
        return [record.facts.fullName, joined(record.facts.firstName, record.facts.lastName)];
      case 'contact':
        return [joined(record.facts.firstName, record.facts.lastName)];
      case 'reservation':
      case 'guest-message':
        return [record.facts.guestName];
      case 'call':
      case 'text-message':
        return [record.facts.contactName];
      case 'task':
      case 'payment':
      case 'listing':
      case 'calendar-block':
      case 'team-member':
      case 'phone-line':
      case 'integration':
        return [];
    }
  });
  const emails = records.flatMap(record =>
    record.kind === 'guest' || record.kind === 'contact' ? record.facts.emails : [],
  );
  const unique = (texts: readonly (string | undefined)[]): string[] => [
    ...new Set(texts.flatMap(text => (text === undefined || text === '' ? [] : [text]))),
  ];
  return {
    names: unique([...known.names, ...names]),
    numbers: unique([...known.numbers, ...numbers]),
    emails: unique([...known.emails, ...emails]),
  };
}

const joined = (...words: readonly (string | undefined)[]): string => words.filter(Boolean).join(' ');
