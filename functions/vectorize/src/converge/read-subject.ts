import { Interaction } from '@innkeeper/shared/contracts/interaction';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { type DocumentPath, type StoredDocument, versionOf } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { describeInteraction } from '../text/describe-interaction.ts';
import { describeRecord } from '../text/describe-record.ts';
import { indirectJoinKeys, joinKeys, toJoined } from '../text/joins.ts';
import { NOTHING_SEARCHABLE } from '../text/searchable.ts';
import { whereWrong } from '../where-wrong.ts';
import { chatMessageSubject } from './chat-message-subject.ts';
import { parseState, type StateRead, statePathOf } from './index-states.ts';
import { docKeyOf, type SourceVersion, type Subject, type SubjectError } from './subject.ts';

export interface SubjectPorts {
  readonly store: DocumentStore;
  /** The assistant's own id in the team chat: what is said to it in a direct room is nobody's source. */
  readonly assistantId: string;
}

/** A document as it stands right now, and what is noted of its points. */
export interface SubjectRead {
  /** `undefined` where no document is. */
  readonly subject: Subject | undefined;
  /** All documents that the subject was made from: when any of them moves, it may be stale. */
  readonly sources: readonly SourceVersion[];
  readonly state: StateRead;
}

/** Reads `path` and what it joins to: at most three round trips. */
export async function readSubject(ports: SubjectPorts, path: DocumentPath): Promise<Result<SubjectRead, SubjectError>> {
  const read = await ports.store.getAll([path, statePathOf(path)]);
  if (!read.ok) return read;
  const [document, note] = read.value;
  const state = parseState(note);
  if (document === undefined) return ok({ subject: undefined, sources: [{ path, version: 0 }], state });
  const made = await makeSubject(ports, document);
  if (!made.ok) return made;
  const { subject, borrowed } = made.value;
  return ok({ subject, sources: [{ path, version: subject.version }, ...borrowed], state });
}

/** Whether all of them are what they were: one round trip. */
export async function areUnmoved(
  store: Pick<DocumentStore, 'getAll'>,
  sources: readonly SourceVersion[],
): Promise<Result<boolean, StoreError>> {
  const read = await store.getAll(sources.map(({ path }) => path));
  if (!read.ok) return read;
  return ok(sources.every(({ version }, index) => versionIn(read.value[index]) === version));
}

const versionIn = (document: StoredDocument | undefined): number => (document === undefined ? 0 : versionOf(document));

/** A subject and the documents besides its own that it was made from. */
export interface SubjectMade {
  readonly subject: Subject;
  readonly borrowed: readonly SourceVersion[];
}

function makeSubject(
  ports: SubjectPorts,
  document: StoredDocument,
): Promise<Result<SubjectMade, SubjectError>> | Result<SubjectMade, SubjectError> {
  if (document.path.startsWith('chatMessages/')) return chatMessageSubject(ports, document);
  return document.path.startsWith('interactions/')
    ? interactionSubject(document)
    : recordSubject(ports.store, document);
}

function interactionSubject(document: StoredDocument): Result<SubjectMade, SubjectError> {
  const parsed = Interaction.safeParse(document.fields);
  if (!parsed.success) return err({ kind: 'invalid_document', detail: whereWrong(parsed.error) });
  return ok({
    subject: {
      docKey: docKeyOf(document.path),
      kind: 'interaction',
      source: 'innkeeper',
      version: versionOf(document),
      deleted: false,
      searchable: describeInteraction(parsed.data),
    },
    borrowed: [],
  });
}

async function recordSubject(
  store: DocumentStore,
  document: StoredDocument,
): Promise<Result<SubjectMade, SubjectError>> {
  const parsed = BusinessRecord.safeParse(document.fields);
  if (!parsed.success) return err({ kind: 'invalid_document', detail: whereWrong(parsed.error) });
  const record = parsed.data;

  const direct = await readRecords(store, joinKeys(record));
  if (!direct.ok) return direct;
  const indirect = await readRecords(
    store,
    record.kind === 'guest-message' || record.kind === 'payment' ? indirectJoinKeys(direct.value.records) : [],
  );
  if (!indirect.ok) return indirect;

  const searchable = describeRecord(record, toJoined([...direct.value.records, ...indirect.value.records]));
  return ok({
    subject: {
      docKey: record.key,
      kind: record.kind,
      source: record.source,
      version: versionOf(document),
      deleted: record.deleted || searchable === undefined,
      searchable: searchable ?? NOTHING_SEARCHABLE,
    },
    borrowed: [...direct.value.sources, ...indirect.value.sources],
  });
}

async function readRecords(
  store: DocumentStore,
  keys: readonly string[],
): Promise<Result<{ records: BusinessRecord[]; sources: SourceVersion[] }, StoreError>> {
  if (keys.length === 0) return ok({ records: [], sources: [] });
  const paths = keys.map(key => `records/${key}` as const);
  const read = await store.getAll(paths);
  if (!read.ok) return read;
  // A joined record that does not parse is parked by its own event; the text here goes without its words.
  const records = read.value.flatMap(document => {
    const parsed = BusinessRecord.safeParse(document?.fields);
    return parsed.success ? [parsed.data] : [];
  });
  return ok({ records, sources: paths.map((path, index) => ({ path, version: versionIn(read.value[index]) })) });
}
