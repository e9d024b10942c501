import { Interaction } from '@innkeeper/shared/contracts/interaction';
import type { PointKind } from '@innkeeper/shared/contracts/point-payload';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { type DocumentPath, type StoredDocument, versionOf } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { describeInteraction } from '../text/describe-interaction.ts';
import { describeRecord } from '../text/describe-record.ts';
import { indirectJoinKeys, joinKeys, toJoined } from '../text/joins.ts';
import type { Searchable } from '../text/searchable.ts';

/** A document as it stands right now, with everything its text borrows from. */
export interface Subject {
  readonly docKey: string;
  readonly kind: PointKind;
  readonly source: string;
  /** Update time of the document, µs. */
  readonly version: number;
  /** Update times of all documents the text was made from: when any of them moves, the text may be stale. */
  readonly fingerprint: string;
  readonly deleted: boolean;
  readonly searchable: Searchable;
}

export type SubjectError = StoreError | { readonly kind: 'invalid_document'; readonly detail: string };

/** Reads `path` and what it joins to (at most three round trips). `undefined` where no document is. */
export async function readSubject(
  store: DocumentStore,
  path: DocumentPath,
): Promise<Result<Subject | undefined, SubjectError>> {
  const read = await store.getAll([path]);
  if (!read.ok) return read;
  const document = read.value[0];
  if (document === undefined) return ok(undefined);
  return path.startsWith('interactions/') ? interactionSubject(document) : recordSubject(store, document);
}

/** Key of a document in the index: a record's own key, or `interaction:<message id>`. */
export function docKeyOf(path: DocumentPath): string {
  const [collection, id = ''] = path.split('/');
  return collection === 'interactions' ? `interaction:${id}` : id;
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
    record.kind === 'guest-message' ? indirectJoinKeys(direct.value.records) : [],
  );
  if (!indirect.ok) return indirect;

  return ok({
    docKey: record.key,
    kind: record.kind,
    source: record.source,
    version: versionOf(document),
    fingerprint: [versionOf(document), ...direct.value.versions, ...indirect.value.versions].join('-'),
    deleted: record.deleted,
    searchable: describeRecord(record, toJoined([...direct.value.records, ...indirect.value.records])),
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

/** Paths and expectations only, never values: they may be a person's. */
function whereWrong(error: { issues: readonly { path: PropertyKey[]; code: string }[] }): string {
  return error.issues
    .slice(0, 5)
    .map(issue => `${issue.path.map(String).join('.')}: ${issue.code}`)
    .join('; ');
}
