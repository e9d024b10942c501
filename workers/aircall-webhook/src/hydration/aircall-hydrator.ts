import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { recordKey } from '@innkeeper/shared/domain/ids';
import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import type { DirtyEntry } from '@innkeeper/shared/hydration/dirty-set';
import type { Hydrated, Hydrator } from '@innkeeper/shared/hydration/hydrator';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import { type RecordChange, rank } from '@innkeeper/shared/ingest/record-change';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { buildChange, type ChangeOrigin } from '../build-change.ts';
import { readVersion } from '../clock.ts';
import { callRead, contactRead } from '../interpret-read.ts';
import { CALLS_READABLE_MS } from './aircall-pages.ts';
import type { AircallReads, Read } from './aircall-reads.ts';
import { insightPart } from './insight-facts.ts';
import { type InsightSubject, insightOf, isInsightSubject } from './subjects.ts';
import { toldByEvent } from './told-by-event.ts';

/** Reads from Aircall what was marked: calls, what is said about them, contacts. I/O: the reads, the records. */
export interface HydratorPorts {
  readonly reads: AircallReads;
  readonly store: Pick<DocumentStore, 'getAll'>;
  readonly now: () => number;
}

/** Aircall reads one thing per call. */
const ENTRIES_PER_READ = 1;

export function createAircallHydrator(ports: HydratorPorts): Hydrator {
  return {
    batchMax: () => ENTRIES_PER_READ,
    hydrate: async (subject, entries) =>
      new Map(
        await Promise.all(entries.map(async entry => [entry.id, await hydrateOne(ports, subject, entry)] as const)),
      ),
  };
}

async function hydrateOne(ports: HydratorPorts, subject: string, entry: DirtyEntry): Promise<Hydrated> {
  if (isInsightSubject(subject)) return hydrateInsight(ports, subject, entry);
  if (subject === 'call') return hydrateThing(ports, 'call', entry);
  if (subject === 'contact') return hydrateThing(ports, 'contact', entry);
  return { kind: 'failed', failure: { kind: 'vendor_unknown', detail: `nothing of Aircall's is called ${subject}` } };
}

async function hydrateThing(ports: HydratorPorts, kind: 'call' | 'contact', entry: DirtyEntry): Promise<Hydrated> {
  const known = await readRecord(ports, kind, entry.id);
  if (!known.ok) return { kind: 'failed', failure: known.error };
  const beganAtMs = ports.now();
  const read = await (kind === 'call' ? ports.reads.call : ports.reads.contact)(entry.id, entry.lane);
  if (read.outcome === 'failed') return { kind: 'failed', failure: read.failure };
  if (read.outcome === 'not_found') {
    if (known.value === undefined) return { kind: 'gone', changes: [] };
    // Too old to be shown is not gone.
    if (isOutOfView(known.value, beganAtMs)) return { kind: 'read', changes: [] };
    return { kind: 'gone', changes: [endOf(kind, entry, beganAtMs)] };
  }
  const change = thingChange(kind, read.value, originOf(entry, read.beganAtMs));
  return change.ok ? { kind: 'read', changes: [change.value] } : { kind: 'failed', failure: change.error };
}

const isOutOfView = (record: BusinessRecord, nowMs: number): boolean =>
  record.kind === 'call' && Date.parse(record.facts.startedAt) < nowMs - CALLS_READABLE_MS;

const thingChange = (
  kind: 'call' | 'contact',
  value: JsonObject,
  origin: ChangeOrigin,
): Result<RecordChange, DeliveryFailure> => (kind === 'call' ? callRead(value, origin) : contactRead(value, origin));

/** Not shown any more: gone until a later word shows it again, because a vendor's 404 may be a slip. */
const endOf = (kind: 'call' | 'contact', entry: DirtyEntry, beganAtMs: number): RecordChange =>
  buildChange(originOf(entry, beganAtMs), kind, entry.id, [
    { rank: rank.state, version: readVersion(beganAtMs), deleted: true },
  ]);

/** Announced, and not there yet: the vendor's own delay, seconds as a rule. After these attempts it is a fact. */
const ATTEMPTS_FOR_LATE_INSIGHT = 6;

async function hydrateInsight(ports: HydratorPorts, subject: InsightSubject, entry: DirtyEntry): Promise<Hydrated> {
  const read = await ports.reads.insight(entry.id, insightOf[subject], entry.lane);
  if (read.outcome !== 'found') {
    if (isMereLook(read, entry)) return { kind: 'read', changes: [] };
    return read.outcome === 'failed'
      ? { kind: 'failed', failure: read.failure }
      : takeEventsWord(ports, subject, entry);
  }
  const part = insightPart(subject, read.value, read.beganAtMs);
  if (part === undefined) {
    const detail = `unexpected: the answer of ${insightOf[subject]}`;
    return { kind: 'failed', failure: { kind: 'payload_unexpected', detail } };
  }
  const known = await readRecord(ports, 'call', entry.id);
  if (!known.ok) return { kind: 'failed', failure: known.error };
  if (known.value !== undefined)
    return { kind: 'read', changes: [buildChange(originOf(entry, read.beganAtMs), 'call', entry.id, [part])] };

  // Its own events are late or lost: the call is read too, so that it does not matter which comes first.
  const call = await ports.reads.call(entry.id, entry.lane);
  if (call.outcome !== 'found') return { kind: 'failed', failure: failureOf(call, entry) };
  const change = callRead(call.value, originOf(entry, call.beganAtMs), [part]);
  return change.ok ? { kind: 'read', changes: [change.value] } : { kind: 'failed', failure: change.error };
}

/** Announced, and not shown: what the announcement itself says is better than nothing, once its call is known. */
async function takeEventsWord(ports: HydratorPorts, subject: InsightSubject, entry: DirtyEntry): Promise<Hydrated> {
  const told = await toldByEvent(ports.store, subject, entry.cause);
  if (!told.ok) return { kind: 'failed', failure: told.error };
  const known = await readRecord(ports, 'call', entry.id);
  if (!known.ok) return { kind: 'failed', failure: known.error };
  if (told.value === undefined || known.value === undefined) return { kind: 'failed', failure: notThere(entry) };
  return { kind: 'read', changes: [buildChange(originOf(entry, ports.now()), 'call', entry.id, [told.value])] };
}

/** Nobody announced it: a call without it, or a plan without such routes, is no failure. */
const isMereLook = (read: Exclude<Read<unknown>, { outcome: 'found' }>, entry: DirtyEntry): boolean =>
  entry.lane === 'backfill' && (read.outcome === 'not_found' || read.failure.kind === 'vendor_denied');

const failureOf = (read: Exclude<Read<unknown>, { outcome: 'found' }>, entry: DirtyEntry): DeliveryFailure =>
  read.outcome === 'failed' ? read.failure : notThere(entry);

const notThere = (entry: DirtyEntry): DeliveryFailure =>
  entry.attempts < ATTEMPTS_FOR_LATE_INSIGHT
    ? { kind: 'vendor_unavailable', detail: 'Aircall: announced and not there yet' }
    : { kind: 'vendor_unknown', detail: 'Aircall: announced and never there' };

async function readRecord(
  { store }: HydratorPorts,
  kind: 'call' | 'contact',
  id: string,
): Promise<Result<BusinessRecord | undefined, DeliveryFailure>> {
  const path = `records/${recordKey('aircall', kind, id)}` as const;
  const found = await store.getAll([path]);
  if (!found.ok) return found;
  const [document] = found.value;
  if (document === undefined) return ok(undefined);
  const record = BusinessRecord.safeParse(document.fields);
  return record.success ? ok(record.data) : err({ kind: 'record_unreadable', detail: `${path} is not a record` });
}

const originOf = (entry: DirtyEntry, beganAtMs: number): ChangeOrigin => ({
  ...entry.cause,
  via: 'hydration',
  observedAtMs: beganAtMs,
});
