import type { GuestyCalendarDay } from '@innkeeper/shared/adapters/guesty/payload';
import { BusinessRecord, type RecordOf } from '@innkeeper/shared/domain/business-record';
import { ListingId, recordKey } from '@innkeeper/shared/domain/ids';
import { addDays, LocalDate } from '@innkeeper/shared/domain/local-time';
import type { DirtyEntry } from '@innkeeper/shared/hydration/dirty-set';
import type { Hydrated } from '@innkeeper/shared/hydration/hydrator';
import { type RecordChange, rank } from '@innkeeper/shared/ingest/record-change';
import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { buildChange, type ChangeOrigin, missing } from '../build-change.ts';
import { blockId, blockReason } from '../normalise-calendar.ts';
import { NOT_SHOWN_YET, NOT_YET_ATTEMPTS } from './gone.ts';
import type { CalendarDays } from './guesty-reads.ts';
import { type GuestyHydratorPorts, readOrigin } from './hydrator-ports.ts';

/**
 * The blocks of one home, replaced by what its calendar says of the days from yesterday to a year and a half ahead. Days
 * the answer leaves out stay as they are. I/O: the ports.
 */
export async function hydrateCalendar(ports: GuestyHydratorPorts, entry: DirtyEntry): Promise<Hydrated> {
  const listingId = entry.id;
  const days = daysToRead(ports.now());
  const read = await ports.reads.calendar(listingId, days, entry.lane);
  if (read.outcome === 'failed') return { kind: 'failed', failure: read.failure };
  const known = await knownBlocks(ports.store, listingId, days.from);
  if (!known.ok) return { kind: 'failed', failure: known.error };
  const origin = readOrigin(entry, read.beganAtMs);
  if (read.outcome === 'found')
    return { kind: 'read', changes: calendarChanges(origin, listingId, read.value, known.value) };

  if (entry.attempts < NOT_YET_ATTEMPTS) return NOT_SHOWN_YET;
  const standing = known.value.filter(block => !block.deleted);
  return {
    kind: 'gone',
    changes: standing.map(block => buildChange(origin, 'calendar-block', block.sourceId, [missing(read.beganAtMs)])),
  };
}

const DAY_MS = 86_400_000;
/** Yesterday in UTC is today somewhere. */
const DAYS_BACK = 1;
/** As far as bookings are compared. */
const DAYS_AHEAD = 540;

export const daysToRead = (nowMs: number, daysAhead = DAYS_AHEAD): CalendarDays => ({
  from: new Date(nowMs - DAYS_BACK * DAY_MS).toISOString().slice(0, 10),
  to: new Date(nowMs + daysAhead * DAY_MS).toISOString().slice(0, 10),
});

type Block = RecordOf<'calendar-block'>;

/** From the day `from` on, ended ones too: they may begin again. A home's blocks sort by day, so its past is not read. */
export async function knownBlocks(
  store: Pick<DocumentStore, 'query'>,
  listingId: string,
  from: string,
): Promise<Result<Block[], StoreError>> {
  const dayBefore = addDays(LocalDate.parse(from), -1);
  const found = await store.query({
    collection: 'records',
    where: [
      { field: 'kind', op: '==', value: 'calendar-block' },
      { field: 'facts.listingId', op: '==', value: listingId },
    ],
    orderBy: [{ field: '__name__', direction: 'asc' }],
    startAfter: [recordKey('guesty', 'calendar-block', blockId(listingId, dayBefore))],
  });
  if (!found.ok) return found;
  return ok(
    found.value.flatMap(({ fields }) => {
      const record = BusinessRecord.safeParse(fields);
      return record.success && record.data.kind === 'calendar-block' ? [record.data] : [];
    }),
  );
}

/** What must be written so that the records say what `days` say; nothing where they do already. Pure. */
export function calendarChanges(
  origin: ChangeOrigin,
  listingId: string,
  days: readonly GuestyCalendarDay[],
  known: readonly Block[],
): RecordChange[] {
  const byId = new Map(known.map(block => [block.sourceId, block]));
  return days.flatMap(day => {
    const sourceId = blockId(listingId, day.date);
    const block = byId.get(sourceId);
    const standing = block === undefined || block.deleted ? undefined : block.facts.reason;
    const reason = blockReason(day);
    if (reason === standing) return [];
    if (reason === undefined) return [buildChange(origin, 'calendar-block', sourceId, [missing(origin.observedAtMs)])];
    const date = LocalDate.parse(day.date);
    const facts = { listingId: ListingId.parse(listingId), from: date, to: date, reason };
    const part = { rank: rank.state, version: origin.observedAtMs, facts, deleted: false };
    return [buildChange(origin, 'calendar-block', sourceId, [part])];
  });
}
