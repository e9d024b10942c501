import type { RecordKind, RecordSource } from '../domain/ids.ts';
import { type CommitPorts, commitChanges } from '../ingest/commit-changes.ts';
import { type DeliveryFailure, detailOf, fateOf, retryDelaySeconds } from '../ingest/delivery-fate.ts';
import type { RecordChange } from '../ingest/record-change.ts';
import type { DocumentWrite } from '../ports/document-store.ts';
import { ok, type Result } from '../result/result.ts';
import type { DirtyEntry } from './dirty-set.ts';
import type { Hydrated, Hydrator } from './hydrator.ts';
import { parkedMarkFields, parkedMarkPath } from './parked-mark.ts';

/**
 * Reads a batch and brings what the vendor said into the records, and says what becomes of each entry. Every step may be
 * cut off and done again: what was written twice is the same, and nothing is settled before it is durable.
 * I/O: the hydrator, the document store.
 */
export interface SettleBatchPorts extends CommitPorts {
  readonly source: RecordSource;
  /** On whose behalf, for what is parked. */
  readonly deployable: string;
  readonly hydrator: Hydrator;
  /** Kind of the record that a subject is of, or is a part of. */
  readonly recordKind: (subject: string) => RecordKind;
}

export type EntryFate =
  | { readonly act: 'settled' }
  | { readonly act: 'parked'; readonly reason: string }
  | { readonly act: 'postponed'; readonly failure: DeliveryFailure; readonly notBeforeMs: number }
  /** The vendor's limit is used up: that is its pace and not a failed attempt. */
  | { readonly act: 'deferred'; readonly failure: DeliveryFailure; readonly notBeforeMs: number };

/** A day at the longest wait, as long as the queue tries a delivery. */
const ATTEMPTS_MAX = 100;
/** Where the limit does not say for how long it is used up. */
const PACE_MS = 1_000;
/** Far below Firestore's 10 MiB per request, whatever the kind of record. */
const CHANGES_PER_COMMIT = 100;

export async function settleBatch(
  ports: SettleBatchPorts,
  entries: readonly DirtyEntry[],
): Promise<ReadonlyMap<DirtyEntry, EntryFate>> {
  const [answers, parked] = await Promise.all([readAll(ports, entries), findParked(ports, entries)]);
  const written = await writeAll(ports, entries, answers);
  const fates = entries.map(async entry => {
    const failure = written.get(entry) ?? failureOf(answers.get(entry.id)) ?? (parked.ok ? undefined : parked.error);
    if (failure !== undefined) return [entry, await endUnread(ports, entry, failure)] as const;
    return [entry, await endRead(ports, entry, parked.ok && parked.value.has(entry))] as const;
  });
  return new Map(await Promise.all(fates));
}

async function readAll(
  ports: SettleBatchPorts,
  entries: readonly DirtyEntry[],
): Promise<ReadonlyMap<string, Hydrated>> {
  const subject = entries[0]?.subject;
  return subject === undefined ? new Map() : ports.hydrator.hydrate(subject, entries);
}

/** Which of them were parked before, so that the entry goes when the thing has found its way after all. */
async function findParked(
  ports: SettleBatchPorts,
  entries: readonly DirtyEntry[],
): Promise<Result<ReadonlySet<DirtyEntry>, DeliveryFailure>> {
  const read = await ports.store.getAll(entries.map(entry => parkedMarkPath({ source: ports.source, ...entry })));
  if (!read.ok) return read;
  return ok(new Set(entries.filter((_entry, index) => read.value[index] !== undefined)));
}

/** Failures by entry. Together where that goes; one by one where something in the batch can never be written. */
async function writeAll(
  ports: SettleBatchPorts,
  entries: readonly DirtyEntry[],
  answers: ReadonlyMap<string, Hydrated>,
): Promise<ReadonlyMap<DirtyEntry, DeliveryFailure>> {
  const changesOf = (entry: DirtyEntry): readonly RecordChange[] => {
    const answer = answers.get(entry.id);
    return answer === undefined || answer.kind === 'failed' ? [] : answer.changes;
  };
  const together = await write(ports, entries.flatMap(changesOf));
  if (together === undefined) return new Map();
  const withChanges = entries.filter(entry => changesOf(entry).length > 0);
  if (fateOf(together).act === 'retry') return new Map(withChanges.map(entry => [entry, together]));
  const failures = new Map<DirtyEntry, DeliveryFailure>();
  for (const entry of withChanges) {
    const failure = await write(ports, changesOf(entry));
    if (failure !== undefined) failures.set(entry, failure);
  }
  return failures;
}

async function write(ports: SettleBatchPorts, changes: readonly RecordChange[]): Promise<DeliveryFailure | undefined> {
  for (let from = 0; from < changes.length; from += CHANGES_PER_COMMIT) {
    const part = changes.slice(from, from + CHANGES_PER_COMMIT);
    const committed = await commitChanges(ports, { by: ports.deployable, changes: part });
    if (!committed.ok) return committed.error;
  }
  return undefined;
}

function failureOf(answer: Hydrated | undefined): DeliveryFailure | undefined {
  if (answer === undefined) return { kind: 'vendor_unavailable', detail: 'the read left it out' };
  if (answer.kind === 'gone') {
    const known = answer.changes.length > 0;
    return known ? undefined : { kind: 'vendor_unknown', detail: 'the vendor knows no such thing, and neither do we' };
  }
  return answer.failure;
}

async function endRead(ports: SettleBatchPorts, entry: DirtyEntry, wasParked: boolean): Promise<EntryFate> {
  if (!wasParked) return { act: 'settled' };
  const path = parkedMarkPath({ source: ports.source, ...entry });
  const removed = await ports.store.commit([{ op: 'delete', path }]);
  return removed.ok ? { act: 'settled' } : postpone(ports, entry, removed.error, 0);
}

/** What becomes of an entry that could not be read or written. */
export async function endUnread(
  ports: SettleBatchPorts,
  entry: DirtyEntry,
  failure: DeliveryFailure,
): Promise<EntryFate> {
  if (failure.kind === 'vendor_limited') {
    const waitMs = Math.max(failure.retryAfterMs ?? 0, PACE_MS);
    return { act: 'deferred', failure, notBeforeMs: ports.now() + waitMs };
  }
  const fate = fateOf(failure);
  const attempts = entry.attempts + 1;
  if (fate.act === 'retry' && attempts < ATTEMPTS_MAX) return postpone(ports, entry, failure, fate.notBeforeMs);
  const reason = fate.act === 'park' ? fate.reason : 'attempts_exhausted';
  const thing = { source: ports.source, subject: entry.subject, id: entry.id };
  const why = { reason, detail: detailOf(failure), attempts };
  const fields = parkedMarkFields(ports.deployable, thing, ports.recordKind(entry.subject), why, ports.now());
  const park: DocumentWrite = { op: 'set', path: parkedMarkPath(thing), fields };
  const noted = await ports.store.commit([park]);
  return noted.ok ? { act: 'parked', reason } : postpone(ports, entry, noted.error, 0);
}

function postpone(
  ports: SettleBatchPorts,
  entry: DirtyEntry,
  failure: DeliveryFailure,
  notBeforeMs: number,
): EntryFate {
  const waitMs = retryDelaySeconds(entry.attempts + 1, notBeforeMs, ports.random) * 1000;
  return { act: 'postponed', failure, notBeforeMs: ports.now() + waitMs };
}
