import { type PhoneRegion, toE164 } from '@innkeeper/shared/adapters/phone/e164';
import { PHONE_LINKS_COLLECTION } from '@innkeeper/shared/contracts/phone-link';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { recordKey } from '@innkeeper/shared/domain/ids';
import type { DocumentStore, StoredDocument, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Whom } from './read-erase-order.ts';
import { recogniserOf } from './recognise-person.ts';
import { scan } from './scan.ts';

/** Finds the guest an order means, or the guests that fit a search. I/O: the document store. */
export interface Candidate {
  readonly guestId: string;
  readonly name: string;
}

/** The guest's id. Neither the guest nor a booking needs to be known to be erased: what comes later then is. */
export async function findGuest(
  store: DocumentStore,
  whom: Extract<Whom, { id: string }>,
): Promise<Result<string, string>> {
  if (whom.by === 'guest') return ok(whom.id);
  const read = await store.getAll([`records/${recordKey('guesty', 'reservation', whom.id)}`]);
  if (!read.ok) return err(explainStore(read.error));
  const booking = BusinessRecord.safeParse(read.value[0]?.fields).data;
  if (booking?.kind !== 'reservation') return err(`There is no booking ${whom.id} in the records.`);
  return booking.facts.guestId === undefined
    ? err(`The booking ${whom.id} names no guest: erase by the guest's id.`)
    : ok(booking.facts.guestId);
}

export async function findCandidates(
  store: DocumentStore,
  { by, words }: Extract<Whom, { words: string }>,
  region?: PhoneRegion,
): Promise<Result<readonly Candidate[], string>> {
  const found = by === 'phone' ? await byNumber(store, words, region) : await byGuest(store, by, words);
  return found.ok ? ok(found.value.flatMap(candidateOf)) : err(explainStore(found.error));
}

async function byNumber(
  store: DocumentStore,
  words: string,
  region: PhoneRegion | undefined,
): Promise<Result<readonly StoredDocument[], StoreError>> {
  const number = toE164(words, region);
  if (number === undefined) return ok([]);
  const links = await store.query({
    collection: PHONE_LINKS_COLLECTION,
    where: [
      { field: 'kind', op: '==', value: 'guest' },
      { field: 'numbers', op: 'array-contains', value: number },
    ],
  });
  if (!links.ok || links.value.length === 0) return links;
  const read = await store.getAll(
    links.value.map(({ path }) => `records/${path.slice(path.indexOf('/') + 1)}` as const),
  );
  return read.ok ? ok(read.value.flatMap(document => document ?? [])) : read;
}

async function byGuest(
  store: DocumentStore,
  by: 'email' | 'name',
  words: string,
): Promise<Result<readonly StoredDocument[], StoreError>> {
  const person = { names: [], numbers: [], emails: by === 'email' ? [words] : [] };
  const recognise = recogniserOf(by === 'email' ? person : { ...person, names: [words] });
  const pick = (document: StoredDocument): StoredDocument | undefined => {
    const record = BusinessRecord.safeParse(document.fields).data;
    if (record?.kind !== 'guest') return undefined;
    const text = by === 'email' ? record.facts.emails.join(' ') : nameOf(record.facts);
    const fits = recognise(text) !== 'not' || (by === 'name' && text.toLowerCase().includes(words.toLowerCase()));
    return fits ? document : undefined;
  };
  return scan(store, 'records', pick, [{ field: 'kind', op: '==', value: 'guest' }]);
}

function candidateOf({ fields }: StoredDocument): Candidate[] {
  const record = BusinessRecord.safeParse(fields).data;
  if (record?.kind !== 'guest') return [];
  return [{ guestId: record.facts.guestId, name: record.erased === true ? '(erased)' : nameOf(record.facts) }];
}

const nameOf = (facts: {
  fullName?: string | undefined;
  firstName?: string | undefined;
  lastName?: string | undefined;
}) => facts.fullName ?? [facts.firstName, facts.lastName].filter(Boolean).join(' ');

export const explainStore = ({ kind, detail }: StoreError): string => `Firestore: ${kind}, ${detail}`;
