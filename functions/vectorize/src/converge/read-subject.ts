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
import { docKeyOf, type Subject, type SubjectError } from './subject.ts';

export interface SubjectPorts {
  readonly store: DocumentStore;
  /** The assistant's own id in the team chat: what is said to it in a direct room is nobody's source. */
  readonly assistantId: string;
}

/** Reads `path` and what it joins to (at most three round trips). `undefined` where no document is. */
export async function readSubject(
  ports: SubjectPorts,
  path: DocumentPath,
): Promise<Result<Subject | undefined, SubjectError>> {
  const read = await ports.store.getAll([path]);
  if (!read.ok) return read;
  const document = read.value[0];
  if (document === undefined) return ok(undefined);
  if (path.startsWith('chatMessages/')) return chatMessageSubject(ports, document);
  return path.startsWith('interactions/') ? interactionSubject(document) : recordSubject(ports.store, document);
}

function interactionSubject(document: StoredDocument): Result<Subject, SubjectError> {
  const parsed = Interaction.safeParse(document.fields);
  if (!parsed.success) return err({ kind: 'invalid_document', detail: whereWrong(parsed.error) });
  return ok({
    docKey: docKeyOf(document.path),
    kind: 'interaction',
    source: 'innkeeper',
    version: versionOf(document),
    fingerprint: String(versionOf(document)),
    deleted: false,
    searchable: describeInteraction(parsed.data),
  });
}

async function recordSubject(store: DocumentStore, document: StoredDocument): Promise<Result<Subject, SubjectError>> {
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
    docKey: record.key,
    kind: record.kind,
    source: record.source,
    version: versionOf(document),
    fingerprint: [versionOf(document), ...direct.value.versions, ...indirect.value.versions].join('-'),
    deleted: record.deleted || searchable === undefined,
    searchable: searchable ?? NOTHING_SEARCHABLE,
  });
}

async function readRecords(
  store: DocumentStore,
  keys: readonly string[],
): Promise<Result<{ records: BusinessRecord[]; versions: number[] }, StoreError>> {
  if (keys.length === 0) return ok({ records: [], versions: [] });
  const read = await store.getAll(keys.map(key => `records/${key}` as const));
  if (!read.ok) return read;
  // A joined record that does not parse is parked by its own event; the text here goes without its words.
  const records = read.value.flatMap(document => {
    const parsed = BusinessRecord.safeParse(document?.fields);
    return parsed.success ? [parsed.data] : [];
  });
  return ok({ records, versions: read.value.map(document => (document === undefined ? 0 : versionOf(document))) });
}
