import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { addDays, wallClock } from '@innkeeper/shared/domain/local-time';
import type { Plan } from '@innkeeper/shared/domain/plan';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { Homes } from '../evaluate/homes.ts';
import { homesAt } from '../evaluate/homes.ts';
import { readListings } from '../retrieve/read-records.ts';
import type { RetrievalError } from '../retrieve/retrieval-error.ts';
import type { RetrievalPorts } from '../retrieve/retrieve.ts';
import { retrieve } from '../retrieve/retrieve.ts';
import type { Announcement } from './announcement.ts';
import { bookingStateOf, changeOf, isSameState, isSoon } from './booking-state.ts';
import { daysFromToday } from './briefing-days.ts';
import type { Followed, NewsBook } from './news-book.ts';
import { readChangedBookings } from './read-changed-bookings.ts';

/**
 * Follows what changes in bookings and hands on what is to be told now, each step of a booking once. Several changes of
 * one booking wait for each other and count as one. I/O: reads through the ports; after the last of them the book is
 * written and `tell` called in one go, so that no crash comes between the two.
 */
export interface FollowPorts extends RetrievalPorts {
  readonly now: () => number;
  /** A booking that is being edited gets its next change within this time; then it is told. */
  readonly newsQuietMs: number;
}

/** One that never rests is told after so long, as it stands then. */
const WAIT_MAX_MS = 10 * 60_000;
/** A record is written seconds after its delivery was accepted, whose time it carries. */
const WRITTEN_WITHIN_MS = 10 * 60_000;
/** Deliveries that waited out an outage are found by looking this far back, once in a while. */
const FAR_BACK_MS = 24 * 3_600_000;
const FAR_BACK_EVERY_MS = 3_600_000;

export async function followBookings(
  book: NewsBook,
  ports: FollowPorts,
  tell: (announcements: readonly Announcement[], nowMs: number) => void,
): Promise<Result<void, RetrievalError>> {
  const nowMs = ports.now();
  const look = nextLook(book.followed(), nowMs);
  const changed = await readChangedBookings(new Date(look.fromMs).toISOString(), ports);
  if (!changed.ok) {
    // An import: none of it is news, and it is not read again every minute.
    if (changed.error.kind === 'too_many') book.follow(look.followed);
    return changed;
  }
  if (changed.value.length === 0 && !look.isFarBack && book.allWaiting().length === 0) {
    book.follow(look.followed);
    return ok(undefined);
  }
  const listings = await readListings(ports);
  if (!listings.ok) return listings;
  const homes = homesAt(listings.value, nowMs);
  // How the bookings of the next days stand, so that their next change can be told from what it changes.
  const near = look.isFarBack ? await bookingsNear(homes, ports) : ok([]);
  if (!near.ok) return near;

  for (const record of near.value) {
    // What was received since is a change, which is seen by itself.
    if (Date.parse(record.receivedAt) < look.fromMs && book.known(record.key) === undefined) learnFrom(record, book);
  }
  for (const record of changed.value) takeIn(record, book, look.followed.sinceMs, nowMs);
  book.follow(look.followed);
  book.forgetBefore(addDays(wallClock(homes.mainZone, nowMs).date, -DAYS_KEPT));
  const announcements = takeDue(book, homes, ports.newsQuietMs);
  if (announcements.length > 0) tell(announcements, nowMs);
  return ok(undefined);
}

/** A stay that ended is corrected for a day or two. */
const DAYS_KEPT = 3;

interface Look {
  /** Records received from then on are read. */
  readonly fromMs: number;
  readonly isFarBack: boolean;
  readonly followed: Followed;
}

/** Where to look from, given how far it was followed. Pure. */
export function nextLook(followed: Followed | undefined, nowMs: number): Look {
  if (followed === undefined) {
    return { fromMs: nowMs, isFarBack: true, followed: { sinceMs: nowMs, upToMs: nowMs, farBackAtMs: nowMs } };
  }
  const { sinceMs, upToMs, farBackAtMs } = followed;
  const isFarBack = nowMs - farBackAtMs >= FAR_BACK_EVERY_MS;
  const fromMs = Math.min(upToMs - WRITTEN_WITHIN_MS, ...(isFarBack ? [nowMs - FAR_BACK_MS] : []));
  return {
    // What was received just before the first look and read just after it is learned, though it is no news.
    fromMs: Math.max(sinceMs - WRITTEN_WITHIN_MS, fromMs),
    isFarBack,
    followed: { sinceMs, upToMs: nowMs, farBackAtMs: isFarBack ? nowMs : farBackAtMs },
  };
}

function takeIn(record: RecordOf<'reservation'>, book: NewsBook, sinceMs: number, nowMs: number): void {
  const { key } = record;
  const state = bookingStateOf(record);
  const waiting = book.waiting(key);
  if (waiting !== undefined) {
    if (!isSameState(waiting.latest, state)) book.wait({ ...waiting, latest: state, latestAtMs: nowMs });
    return;
  }
  const before = book.known(key);
  if (before === undefined ? !happenedSince(record, sinceMs) : isSameState(before, state)) {
    if (before === undefined) learnFrom(record, book);
    return;
  }
  const { bookedAt } = record.facts;
  const isNew = bookedAt !== undefined && Date.parse(bookedAt) >= sinceMs;
  book.wait({ key, before, latest: state, isNew, firstAtMs: nowMs, latestAtMs: nowMs });
}

/** Not from what an event alone said: it lacks planned times, and the record read a moment later would look changed. */
function learnFrom(record: RecordOf<'reservation'>, book: NewsBook): void {
  if (record.versions['state'] !== undefined) book.learn(record.key, bookingStateOf(record));
}

/** An import brings what happened long ago; the vendor's own clock tells. */
function happenedSince({ facts, provenance }: RecordOf<'reservation'>, sinceMs: number): boolean {
  const at = facts.changedAt ?? facts.bookedAt;
  return at === undefined ? provenance.via !== 'backfill' : Date.parse(at) >= sinceMs;
}

function takeDue(book: NewsBook, homes: Homes, quietMs: number): Announcement[] {
  const nowMs = homes.askedAtMs;
  return book.allWaiting().flatMap(waiting => {
    const { key, before, latest, isNew, firstAtMs, latestAtMs } = waiting;
    if (nowMs - latestAtMs < quietMs && nowMs - firstAtMs < WAIT_MAX_MS) return [];
    book.told(waiting);
    const change = changeOf(before, latest, isNew);
    const concernsNow = isSoon(latest, homes) || (before !== undefined && isSoon(before, homes));
    if (change === undefined || !concernsNow) return [];
    return [{ key, change, ...(before === undefined ? {} : { before }) }];
  });
}

async function bookingsNear(
  homes: Homes,
  ports: RetrievalPorts,
): Promise<Result<RecordOf<'reservation'>[], RetrievalError>> {
  const plan: Plan = { kind: 'in_house', when: daysFromToday(homes, -1, DAYS_AHEAD), homes: [], form: 'list' };
  const found = await retrieve(plan, homes, ports);
  return found.ok ? ok(found.value.records.filter(record => record.kind === 'reservation')) : found;
}

/** 48 hours reach into the second day from now, and an hour passes before the next look. */
const DAYS_AHEAD = 3;
