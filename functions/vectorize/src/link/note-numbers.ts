import type { PhoneRegion } from '@innkeeper/shared/adapters/phone/e164';
import { PhoneLink, phoneLinkPath } from '@innkeeper/shared/contracts/phone-link';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { RecordKey } from '@innkeeper/shared/domain/ids';
import type {
  DocumentFields,
  DocumentStore,
  DocumentWrite,
  StoredDocument,
  StoreError,
} from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { numbersOf } from './numbers-of.ts';

/**
 * Keeps `phoneLinks/<key>` saying what the record says now, and what of it others have yet to learn. Record and note are
 * one read, the write is conditional and the record is looked at again, so an older run does not have the last word.
 */
export interface Noted {
  readonly link: PhoneLink;
  /** As it was when it was noted; `undefined` where there is none any more. */
  readonly record: StoredDocument | undefined;
  /** Of the document that holds it. */
  readonly document: Pick<StoredDocument, 'path' | 'updateTime'>;
}

export type NoteError = StoreError | { readonly kind: 'invalid_document'; readonly detail: string };

/** `undefined`: there is no number to link by, and there was none. */
export async function noteNumbers(
  store: DocumentStore,
  key: string,
  region?: PhoneRegion,
): Promise<Result<Noted | undefined, NoteError>> {
  const path = phoneLinkPath(key);
  const read = await store.getAll([`records/${key}`, path]);
  if (!read.ok) return read;
  const [document, before] = read.value;
  const record = BusinessRecord.safeParse(document?.fields);
  if (document !== undefined && !record.success) return err({ kind: 'invalid_document', detail: 'not a record' });

  const known = PhoneLink.safeParse(before?.fields);
  const old = known.success ? known.data : undefined;
  const wanted = numbersOf(record.data, region);
  if (wanted === undefined && before === undefined) return ok(undefined);
  if (wanted !== undefined && old !== undefined && before !== undefined && saysTheSame(old, wanted)) {
    return ok({ link: old, record: document, document: before });
  }
  const kind = wanted?.kind ?? old?.kind;
  if (kind === undefined) return err({ kind: 'invalid_document', detail: 'not a link' });
  const owed = [...(old?.owed ?? []), ...(old?.numbers ?? []), ...(wanted?.numbers ?? [])];
  const link: PhoneLink = {
    v: 1,
    key: RecordKey.parse(key),
    kind,
    numbers: wanted?.numbers ?? [],
    ...(wanted?.guest === undefined ? {} : { guest: wanted.guest }),
    owed: [...new Set(owed)].sort(),
    comparisons: old?.comparisons ?? 0,
  };
  const written = await store.commit([write(path, link, before)]);
  if (!written.ok) return written;
  const [updateTime] = written.value.updateTimes;
  if (updateTime === undefined) return err({ kind: 'unavailable', detail: 'the store did not say when it wrote' });
  // Whoever read a newer record may have found the note right before this one was written.
  const again = await store.getAll([`records/${key}`]);
  if (!again.ok) return again;
  return again.value[0]?.updateTime.epochMicros === document?.updateTime.epochMicros
    ? ok({ link, record: again.value[0], document: { path, updateTime } })
    : err({ kind: 'precondition_failed', detail: 'the record moved while it was noted' });
}

/**
 * The note once nothing is owed any more; a record without numbers leaves nothing behind, and what was parked is dealt
 * with. On the condition that nobody has noted anything meanwhile.
 */
export function settledNote({ link, document }: Pick<Noted, 'link' | 'document'>): readonly DocumentWrite[] {
  const { path, updateTime } = document;
  const precondition = { updateTime };
  const settled = { ...link, owed: [], comparisons: link.comparisons + 1 };
  return [
    link.numbers.length === 0
      ? { op: 'delete', path, precondition }
      : { op: 'set', path, fields: fieldsOf(settled), precondition },
    { op: 'delete', path: parkedLinkPath(link.key) },
  ];
}

export const parkedLinkPath = (key: string): `parked/${string}` => `parked/link:${key}`;

const write = (path: `phoneLinks/${string}`, link: PhoneLink, before: StoredDocument | undefined): DocumentWrite => ({
  op: 'set',
  path,
  fields: fieldsOf(link),
  precondition: before === undefined ? { exists: false } : { updateTime: before.updateTime },
});

/** Going through text drops the keys that are undefined, which Firestore has no value for. */
const fieldsOf = (link: PhoneLink): DocumentFields => JSON.parse(JSON.stringify(link)) as DocumentFields;

const saysTheSame = (
  left: Pick<PhoneLink, 'numbers' | 'guest'>,
  right: Pick<PhoneLink, 'numbers' | 'guest'>,
): boolean =>
  left.numbers.join() === right.numbers.join() &&
  left.guest?.id === right.guest?.id &&
  left.guest?.name === right.guest?.name;
