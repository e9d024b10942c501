import { BusinessRecord } from '../domain/business-record.ts';
import { recordKey } from '../domain/ids.ts';
import type {
  DocumentFields,
  DocumentPath,
  DocumentStore,
  DocumentWrite,
  StoredDocument,
  StoreError,
} from '../ports/document-store.ts';
import { err, ok, type Result } from '../result/result.ts';
import { erasureReach, namedKeys } from './erasure-reach.ts';
import {
  type Ending,
  ERASED_PAYLOAD,
  type EventToStore,
  eventFields,
  eventPath,
  eventStanding,
  parkedAgainFields,
  parkedFields,
  parkedPath,
} from './event-document.ts';
import { type MergeError, mergeRecord } from './merge-record.ts';
import type { RecordChange } from './record-change.ts';

/**
 * Brings records up to date and notes the delivery they came with, both or neither: read, merge, commit on the
 * condition that nothing read has moved. Running it twice with the same input changes nothing the second time.
 * I/O: the document store.
 */
export interface CommitPorts {
  readonly store: DocumentStore;
  readonly now: () => number;
  readonly random: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export interface Commit {
  /** Deployable on whose behalf, for parked deliveries. */
  readonly by: string;
  readonly changes: readonly RecordChange[];
  /** Absent while the delivery is not finished: its records are written, its event is not. */
  readonly event?: EventToStore;
  /** How the delivery ended when not by its records. */
  readonly ending?: Ending;
  /** What it spoke of is read from the vendor besides: its outcome where it wrote no record itself. */
  readonly marked?: boolean;
  /** Written together with the records or not at all; on a failed precondition the caller must look again. */
  readonly beside?: readonly DocumentWrite[];
}

/** `settled`: an earlier delivery of the same event had already been noted. */
export type CommitOutcome = 'written' | 'older' | 'same' | 'marked' | 'settled' | 'unsupported' | 'parked';

export type CommitError = StoreError | MergeError | { readonly kind: 'record_unreadable'; readonly detail: string };

/** Five writers at once on one record is more than a batch ever brings; after that the queue spreads them. */
const TRIES_MAX = 5;
const WAIT_BETWEEN_TRIES_MS = 40;

export async function commitChanges(ports: CommitPorts, commit: Commit): Promise<Result<CommitOutcome, CommitError>> {
  let failure: CommitError = { kind: 'contention', detail: 'never tried' };
  const triesMax = commit.beside === undefined ? TRIES_MAX : 1;
  for (let attempt = 1; attempt <= triesMax; attempt += 1) {
    const tried = await tryCommit(ports, commit);
    if (tried.ok || !isContention(tried.error)) return tried;
    failure = tried.error;
    if (attempt < triesMax) await ports.wait(ports.random() * WAIT_BETWEEN_TRIES_MS * 2 ** attempt);
  }
  return err(failure);
}

const isContention = (error: CommitError): boolean =>
  error.kind === 'precondition_failed' || error.kind === 'contention';

async function tryCommit(ports: CommitPorts, commit: Commit): Promise<Result<CommitOutcome, CommitError>> {
  const { event } = commit;
  const spokenOf = (event?.records ?? []).map(key => `records/${key}` as const);
  const recordPaths = [...new Set([...pathsToMerge(commit.changes), ...spokenOf])];
  const paths = event === undefined ? recordPaths : [eventPath(event.delivery.eventId), ...recordPaths];
  const read = await ports.store.getAll(paths);
  if (!read.ok) return read;
  const documents = new Map(paths.map((path, index) => [path, read.value[index]]));

  const merged = mergeAll(commit.changes, documents);
  if (!merged.ok) return merged;
  const ending = commit.ending ?? { outcome: outcomeOf(merged.value.outcome, commit.marked ?? false) };
  const writes = [...merged.value.writes, ...(commit.beside ?? [])];
  if (event !== undefined) {
    const isErased = merged.value.erased || spokenOf.some(path => documents.get(path)?.fields['erased'] === true);
    const kept = isErased ? { ...event, payload: ERASED_PAYLOAD } : event;
    const noted = noteEvent(commit.by, kept, ending, documents.get(eventPath(event.delivery.eventId)), ports.now());
    if (noted === 'settled') return ok('settled');
    writes.push(...noted);
  }
  if (writes.length === 0) return ok(ending.outcome);
  const committed = await ports.store.commit(writes);
  return committed.ok ? ok(ending.outcome) : committed;
}

const outcomeOf = <Merged extends 'written' | 'older' | 'same'>(merged: Merged, marked: boolean): Merged | 'marked' =>
  marked && merged !== 'written' ? 'marked' : merged;

interface Merged {
  readonly writes: DocumentWrite[];
  readonly outcome: 'written' | 'older' | 'same';
  /** Some of it is about a person who was erased: nothing of the delivery's content may be kept. */
  readonly erased: boolean;
}

type Documents = ReadonlyMap<DocumentPath, StoredDocument | undefined>;

/** Documents that `mergeAll` needs: the records themselves, and those that tell whether a person in them was erased. */
export const pathsToMerge = (changes: readonly RecordChange[]): DocumentPath[] => [
  ...new Set(changes.flatMap(change => [pathOf(change), ...namedPaths(change)])),
];

/** What a commit of `changes` would write, given the documents as they stand. Pure. */
export function mergeAll(changes: readonly RecordChange[], documents: Documents): Result<Merged, CommitError> {
  const records = new Map<DocumentPath, BusinessRecord>();
  const moved = new Set<DocumentPath>();
  const outcomes = new Set<string>();
  let erased = false;
  for (const change of changes) {
    const path = pathOf(change);
    const known = records.has(path) ? ok(records.get(path)) : readRecord(documents.get(path));
    if (!known.ok) return known;
    const named = namedPaths(change).map(other => records.get(other) ?? documents.get(other)?.fields);
    const reach = erasureReach(change, known.value, named);
    const merged = mergeRecord(known.value, change, reach);
    if (!merged.ok) return merged;
    erased ||= reach.kind !== 'none' || merged.value.record.erased === true;
    records.set(path, merged.value.record);
    outcomes.add(merged.value.outcome);
    if (merged.value.mustStore) moved.add(path);
  }
  const writes = [...moved].flatMap((path): DocumentWrite[] => {
    const record = records.get(path);
    return record === undefined ? [] : [set(path, recordFields(record), documents.get(path))];
  });
  const outcome = outcomes.has('written') ? 'written' : outcomes.has('older') ? 'older' : 'same';
  return ok({ writes, outcome, erased });
}

function noteEvent(
  by: string,
  event: EventToStore,
  ending: Ending,
  stored: StoredDocument | undefined,
  nowMs: number,
): DocumentWrite[] | 'settled' {
  const { source, eventId } = event.delivery;
  const standing = eventStanding(stored, event.delivery, event.pipelineRevision);
  if (standing === 'settled') return 'settled';
  const parked = parkedPath(source, eventId);
  if (ending.outcome === 'parked') {
    const fields = stored === undefined ? eventFields(event, ending) : parkedAgainFields(stored.fields, event, ending);
    const park: DocumentWrite = {
      op: 'set',
      path: parked,
      fields: parkedFields(by, eventPath(eventId), ending, nowMs),
    };
    return [set(eventPath(eventId), fields, stored), park];
  }
  const noted = set(eventPath(eventId), eventFields(event, ending), stored);
  // What was parked before has found its way after all.
  return standing === 'open' ? [noted, { op: 'delete', path: parked }] : [noted];
}

function set(path: DocumentPath, fields: DocumentFields, before: StoredDocument | undefined): DocumentWrite {
  const precondition = before === undefined ? { exists: false } : { updateTime: before.updateTime };
  return { op: 'set', path, fields, precondition };
}

/** A record is plain JSON; going through text drops the keys that are undefined, which Firestore has no value for. */
const recordFields = (record: BusinessRecord): DocumentFields => JSON.parse(JSON.stringify(record)) as DocumentFields;

function readRecord(document: StoredDocument | undefined): Result<BusinessRecord | undefined, CommitError> {
  if (document === undefined) return ok(undefined);
  const parsed = BusinessRecord.safeParse(document.fields);
  return parsed.success
    ? ok(parsed.data)
    : err({ kind: 'record_unreadable', detail: `${document.path} is not a record` });
}

const namedPaths = (change: RecordChange): DocumentPath[] => namedKeys(change).map(key => `records/${key}` as const);

const pathOf = (change: RecordChange): DocumentPath =>
  `records/${recordKey(change.source, change.kind, change.sourceId)}`;
