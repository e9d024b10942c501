import { AIRCALL_RECORDS_MAX, type AircallPage } from '@innkeeper/shared/adapters/aircall/aircall-client';
import { momentMs } from '@innkeeper/shared/adapters/aircall/instant';
import { idOf } from '@innkeeper/shared/adapters/aircall/payload';
import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import type { CallLane } from '@innkeeper/shared/hydration/rate-gate';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import {
  laneOf,
  type Page,
  type PageReader,
  type PageRequest,
  type ResourcePlan,
} from '@innkeeper/shared/jobs/page-reader';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod/mini';
import type { AircallReads, Read } from './aircall-reads.ts';
import { insightLook } from './insight-look.ts';

/**
 * Aircall's lists of calls, of what was made of them and of contacts, page by page. No query shows more than ten thousand
 * records, so a walk goes oldest first and begins anew at the time of the last thing it saw; what it sees twice is the
 * same thing. I/O: the reads.
 */
export function createAircallPages(reads: Pick<AircallReads, 'calls' | 'contacts'>): PageReader {
  return {
    resources: [calls, callInsights, contacts],
    readPage: async request => {
      const position = positionOf(request);
      if (position === undefined) return err(cursorUnreadable);
      const lane = laneOf(request.purpose);
      switch (request.resource) {
        case 'calls':
          return calledPage(reads, position, lane);
        case 'call-insights':
          return toLooks(
            await calledPage(reads, request.cursor === undefined ? widened(position) : position, lane),
            request.window,
          );
        case 'contacts':
          return request.purpose === 'gap-check'
            ? changedContacts(reads, position, lane, request.window.from)
            : toPage(await reads.contacts(position, lane), 'contact', page => nextSlice(page, position, 'created_at'));
        default:
          return err({ kind: 'vendor_unknown', detail: `Aircall has no list ${request.resource}` });
      }
    },
  };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Calls are tagged and commented long after; the gap check looks again at all that began within this time. */
const CALLS_STAY_IN_VIEW_MS = 48 * HOUR_MS;
/** Aircall shows six months of calls. */
export const CALLS_READABLE_MS = 183 * DAY_MS;
const CALLS_COMPARED_MS = 30 * DAY_MS;
/** Changes of contacts that the first gap check looks for. */
const CONTACTS_FIRST_CHECKED_MS = DAY_MS;

const isoOf = (ms: number): string => new Date(ms).toISOString();

const calls: ResourcePlan = {
  resource: 'calls',
  kinds: ['call'],
  purposes: ['backfill', 'gap-check', 'comparison'],
  window: (purpose, nowMs, sinceMs) => {
    const to = isoOf(nowMs);
    if (purpose === 'backfill') return { from: isoOf(nowMs - CALLS_READABLE_MS), to };
    if (purpose === 'comparison') return { from: isoOf(nowMs - CALLS_COMPARED_MS), to };
    return { from: isoOf(Math.min(nowMs - CALLS_STAY_IN_VIEW_MS, sinceMs ?? nowMs)), to };
  },
  covers: ({ facts }, window) => {
    const startedAt = facts['startedAt'];
    return (
      typeof startedAt === 'string' &&
      startedAt >= (window.from ?? '') &&
      (window.to === undefined || startedAt <= window.to)
    );
  },
};

/** How long after its end a call's transcript is there as a rule. */
const INSIGHTS_TAKE_MS = 3 * 60_000;
/** No call lasts longer. */
const CALL_LASTS_MAX_MS = 12 * HOUR_MS;

/** Bounds are those of a call's end. A gap check's overlap asks about each call about three times. */
const callInsights: ResourcePlan = {
  resource: 'call-insights',
  kinds: ['call'],
  purposes: ['backfill', 'gap-check'],
  window: (purpose, nowMs, sinceMs) =>
    purpose === 'backfill'
      ? { from: isoOf(nowMs - CALLS_READABLE_MS), to: isoOf(nowMs) }
      : { from: isoOf((sinceMs ?? nowMs - HOUR_MS) - INSIGHTS_TAKE_MS), to: isoOf(nowMs - INSIGHTS_TAKE_MS) },
};

const contacts: ResourcePlan = {
  resource: 'contacts',
  kinds: ['contact'],
  purposes: ['backfill', 'gap-check', 'comparison'],
  window: (purpose, nowMs, sinceMs) =>
    purpose === 'gap-check' ? { from: isoOf(sinceMs ?? nowMs - CONTACTS_FIRST_CHECKED_MS) } : {},
  // Contacts are compared all together; when one was made is not in its record.
  covers: (_record, window) => window.from === undefined && window.to === undefined,
};

/** Where a walk is: bounds in Unix seconds and, within them, the vendor's own next page. */
const Position = z.object({ from: z.optional(z.int()), to: z.optional(z.int()), next: z.optional(z.string()) });
type Position = z.infer<typeof Position>;

function positionOf({ cursor, window }: PageRequest): Position | undefined {
  if (cursor !== undefined) return Position.safeParse(parseJson(cursor)).data;
  return {
    ...(window.from === undefined ? {} : { from: secondsOf(window.from, Math.floor) }),
    ...(window.to === undefined ? {} : { to: secondsOf(window.to, Math.ceil) }),
  };
}

const secondsOf = (instant: string, round: (value: number) => number): number => round(Date.parse(instant) / 1000);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // refused below as what it is: not a cursor of ours
  }
}

/** Calls that ended within the bounds may have begun before them. */
const widened = ({ from, ...rest }: Position): Position => ({
  ...rest,
  ...(from === undefined ? {} : { from: Math.max(0, from - CALL_LASTS_MAX_MS / 1000) }),
});

const cursorUnreadable: DeliveryFailure = { kind: 'payload_unexpected', detail: 'unexpected: cursor' };

function nextSlice(page: AircallPage, position: Position, timeKey: string): Position | undefined {
  const hasRoom = page.reached < AIRCALL_RECORDS_MAX;
  if (page.next !== undefined && hasRoom) return { ...position, next: page.next };
  const isMore = page.next !== undefined || (page.total ?? 0) > page.reached;
  const lastSeen = momentOf(page.things.at(-1), timeKey);
  if (!isMore || hasRoom || lastSeen === undefined) return undefined;
  const reached = Math.floor(lastSeen / 1000);
  // More than ten thousand in one second cannot be seen by any query; the walk goes on behind them.
  const from = reached === position.from ? reached + 1 : reached;
  return { ...(position.to === undefined ? {} : { to: position.to }), from };
}

async function calledPage(
  reads: Pick<AircallReads, 'calls'>,
  position: Position,
  lane: CallLane,
): Promise<Result<Page, DeliveryFailure>> {
  return toPage(await reads.calls(position, lane), 'call', page => nextSlice(page, position, 'started_at'));
}

/** Of a page of calls, those in which people spoke and which ended within the bounds, as what to ask about them. */
function toLooks(
  page: Result<Page, DeliveryFailure>,
  { from, to }: PageRequest['window'],
): Result<Page, DeliveryFailure> {
  if (!page.ok) return page;
  const { total: _ofAllCalls, ...shown } = page.value;
  const things = shown.things.filter(({ value }) => {
    const endedAt = momentOf(value, 'ended_at');
    if (endedAt === undefined || momentOf(value, 'answered_at') === undefined) return false;
    return endedAt >= Date.parse(from ?? isoOf(0)) && (to === undefined || endedAt <= Date.parse(to));
  });
  return ok({
    ...shown,
    things: things.map(thing => ({ ...thing, id: `${thing.id}~insights`, value: insightLook(thing.value) })),
  });
}

/** Newest change first, so the walk ends where the changes asked for do. */
async function changedContacts(
  reads: Pick<AircallReads, 'contacts'>,
  position: Position,
  lane: CallLane,
  since = '1970-01-01T00:00:00.000Z',
): Promise<Result<Page, DeliveryFailure>> {
  const read = await reads.contacts({ changedFirst: true, next: position.next }, lane);
  return toPage(read, 'contact', page => {
    const oldest = momentOf(page.things.at(-1), 'updated_at');
    const isDone = oldest === undefined || oldest < Date.parse(since) || page.reached >= AIRCALL_RECORDS_MAX;
    return isDone || page.next === undefined ? undefined : { next: page.next };
  });
}

function momentOf(thing: JsonObject | undefined, key: string): number | undefined {
  const value = thing?.[key];
  return typeof value === 'number' || typeof value === 'string' ? momentMs(value) : undefined;
}

function toPage(
  read: Read<AircallPage>,
  kind: 'call' | 'contact',
  nextOf: (page: AircallPage) => Position | undefined,
): Result<Page, DeliveryFailure> {
  if (read.outcome === 'failed') return err(read.failure);
  if (read.outcome === 'not_found') return err({ kind: 'vendor_unavailable', detail: 'Aircall: the list is gone' });
  const { value, beganAtMs } = read;
  const next = nextOf(value);
  return ok({
    // A thing without a usable id still counts as one that could not be understood.
    things: value.things.map((thing, index) => ({ kind, id: idOf(thing) ?? `no-id-${index}`, value: thing })),
    ...(next === undefined ? {} : { next: JSON.stringify(next) }),
    ...(value.total === undefined ? {} : { total: value.total }),
    beganAtMs,
  });
}
