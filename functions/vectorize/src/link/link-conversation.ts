import { PHONE_LINKS_COLLECTION, PhoneLink, phoneLinkPath } from '@innkeeper/shared/contracts/phone-link';
import { BusinessRecord, type RecordOf } from '@innkeeper/shared/domain/business-record';
import type { LinkedGuest } from '@innkeeper/shared/domain/call';
import { type CommitError, type CommitPorts, commitChanges } from '@innkeeper/shared/ingest/commit-changes';
import { type RecordChange, rank } from '@innkeeper/shared/ingest/record-change';
import { type DocumentStore, type StoredDocument, type StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type Noted, settledNote } from './note-numbers.ts';

/**
 * Brings the guests of one call or text up to date: whoever has its number, by number alone and never by name, all of
 * them where several share it. The comparison is noted in one commit with what follows from it, so that one made with
 * older notes fails and is made again.
 */
export type LinkConversationError =
  | StoreError
  | { readonly kind: 'invalid_document'; readonly detail: string }
  | { readonly kind: 'restless'; readonly detail: string };

const ROUNDS_MAX = 5;

/** `known`: what its own run has just noted, which is not read again. */
export async function linkConversation(
  ports: CommitPorts,
  key: string,
  known?: Noted,
): Promise<Result<void, LinkConversationError>> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const noted = round === 0 && known !== undefined ? ok(known) : await readNoted(ports.store, key);
    if (!noted.ok) return noted;
    // Not noted yet: its own run will find whoever asks for it here.
    if (noted.value === undefined) return ok(undefined);
    const { link, record } = noted.value;
    const guests = await guestsWith(ports.store, link.numbers);
    if (!guests.ok) return guests;
    const compared = settledNote(noted.value);
    const changes = record === undefined ? [] : changesTo(record, guests.value);
    const committed = await commitChanges(ports, { by: 'vectorize', changes, beside: compared });
    if (committed.ok) return ok(undefined);
    if (committed.error.kind !== 'precondition_failed') return err(linkError(committed.error));
  }
  return err({ kind: 'restless', detail: `still changing after ${ROUNDS_MAX} rounds` });
}

async function readNoted(
  store: Pick<DocumentStore, 'getAll'>,
  key: string,
): Promise<Result<Noted | undefined, StoreError>> {
  const read = await store.getAll([`records/${key}`, phoneLinkPath(key)]);
  if (!read.ok) return read;
  const [record, document] = read.value;
  const link = PhoneLink.safeParse(document?.fields).data;
  return ok(document === undefined || link === undefined ? undefined : { link, record, document });
}

/** What is gone or erased names nobody; what is no record is parked by its own event. */
function changesTo(document: StoredDocument, guests: readonly LinkedGuest[]): RecordChange[] {
  const record = BusinessRecord.safeParse(document.fields).data;
  if (record === undefined || !isConversation(record) || namesThem(record, guests)) return [];
  return [change(record, document, guests)];
}

type Conversation = RecordOf<'call'> | RecordOf<'text-message'>;
const isConversation = (record: BusinessRecord): record is Conversation =>
  (record.kind === 'call' || record.kind === 'text-message') && !record.deleted && record.erased !== true;

async function guestsWith(
  store: DocumentStore,
  numbers: readonly string[],
): Promise<Result<readonly LinkedGuest[], StoreError>> {
  const guests = new Map<string, LinkedGuest>();
  for (const number of numbers) {
    const found = await store.query({
      collection: PHONE_LINKS_COLLECTION,
      where: [
        { field: 'kind', op: '==', value: 'guest' },
        { field: 'numbers', op: 'array-contains', value: number },
      ],
    });
    if (!found.ok) return found;
    for (const { fields } of found.value) {
      const guest = PhoneLink.safeParse(fields).data?.guest;
      if (guest !== undefined) guests.set(guest.id, guest);
    }
  }
  return ok([...guests.values()].sort((left, right) => (left.id < right.id ? -1 : 1)));
}

function namesThem({ facts }: Conversation, guests: readonly LinkedGuest[]): boolean {
  const named = facts.guests ?? [];
  return (
    named.length === guests.length &&
    guests.every(guest => named.some(({ id, name }) => id === guest.id && name === guest.name))
  );
}

/**
 * The whole list, in the version of the document it was compared with: its update time in µs, as ms and the rest. So what
 * was worked out from a later state wins over what was worked out from an earlier one, whatever the clocks of the two say.
 */
function change(record: Conversation, document: StoredDocument, guests: readonly LinkedGuest[]): RecordChange {
  const updated = document.updateTime.epochMicros;
  return {
    source: record.source,
    kind: record.kind,
    sourceId: record.sourceId,
    parts: [
      {
        rank: rank.state,
        version: Number(updated / 1000n),
        items: { guests: guests.map(guest => ({ ...guest })) },
        wholeLists: ['guests'],
      },
    ],
    pipelineRevision: 1,
    observedAtMs: Number(updated % 1000n),
    receivedAt: record.receivedAt,
    provenance: { ...record.provenance, via: 'link' },
  };
}

const linkError = (error: CommitError): LinkConversationError =>
  error.kind === 'facts_insufficient' || error.kind === 'record_unreadable'
    ? { kind: 'invalid_document', detail: error.kind }
    : error;
