import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import type { TimeZone } from '@innkeeper/shared/domain/local-time';
import { addDays, wallClock } from '@innkeeper/shared/domain/local-time';
import type { Booking } from './bookings.ts';
import { endOf, startOf } from './guest.ts';
import type { Snapshot } from './snapshot.ts';
import { recordsOf } from './snapshot.ts';
import type { ToldTime } from './told-times.ts';
import { readToldTimes } from './told-times.ts';

/** What people said about when a booking's guests come or go, beside what the booking itself says. Pure. */
export interface Statement extends ToldTime {
  /** ISO 8601 UTC; undefined for a note on the booking, which carries no time. */
  readonly saidAt: string | undefined;
  readonly zone: TimeZone;
  readonly where: 'message' | 'text' | 'call' | 'booking note';
  /** Undefined where nobody is recorded as having said it. */
  readonly by: string | undefined;
  readonly key: string;
}

/** Talk longer before a stay than this is about something else. */
export const TALK_DAYS = 60;
/** People call, agree on an hour, and book some days later. */
const CALLS_BEFORE_BOOKING_DAYS = 7;

/** Statements of another time than the recorded one, newest first. */
export function contradictions(
  booking: Booking,
  movement: ToldTime['movement'],
  snapshot: Snapshot,
): readonly Statement[] {
  const stay = movement === 'arrival' ? booking.stays[0] : booking.stays.at(-1);
  const recorded = movement === 'arrival' ? stay?.arrival?.at : stay?.departure?.at;
  return statementsOn(booking, snapshot)
    .filter(said => said.movement === movement && (recorded === undefined || !said.times.includes(recorded)))
    .sort((left, right) => (Date.parse(right.saidAt ?? '') || 0) - (Date.parse(left.saidAt ?? '') || 0));
}

function statementsOn(booking: Booking, snapshot: Snapshot): Statement[] {
  const zone = booking.stays[0]?.home.zone ?? snapshot.homes.mainZone;
  const guest = booking.guest?.full;
  const isOf = ({ facts }: RecordOf<'call'> | RecordOf<'text-message'>): boolean =>
    booking.guestId !== undefined && facts.guests?.some(({ id }) => id === booking.guestId) === true;
  return [
    ...booking.notes.flatMap(({ text }) =>
      statementsIn(text, { saidAt: undefined, zone, where: 'booking note', by: undefined, key: booking.key }),
    ),
    ...recordsOf(snapshot, 'guest-message')
      .filter(({ facts }) => facts.reservationId === booking.reservationId && facts.author !== 'system')
      .flatMap(({ key, facts }) =>
        statementsIn(facts.text, {
          saidAt: facts.sentAt,
          zone,
          where: 'message',
          by: facts.author === 'guest' ? (facts.guestName ?? guest) : 'the team',
          key,
        }),
      ),
    ...recordsOf(snapshot, 'text-message')
      .filter(text => isOf(text) && isAbout(booking, text.facts.sentAt, zone))
      .flatMap(({ key, facts }) =>
        statementsIn(facts.text, {
          saidAt: facts.sentAt,
          zone,
          where: 'text',
          by: facts.direction === 'inbound' ? guest : 'the team',
          key,
        }),
      ),
    ...recordsOf(snapshot, 'call')
      .filter(call => isOf(call) && isAbout(booking, call.facts.startedAt, zone))
      .flatMap(call => saidInCall(call, guest, zone)),
  ];
}

const statementsIn = (text: string, said: Omit<Statement, keyof ToldTime>): Statement[] =>
  readToldTimes(text).map(told => ({ ...told, ...said }));

/** A guest of several bookings may have called about another one; long before or after the stay it was not this one. */
function isAbout(booking: Booking, instant: string, zone: TimeZone): boolean {
  const { date } = wallClock(zone, Date.parse(instant));
  const talk = addDays(startOf(booking), -TALK_DAYS);
  const booked = booking.bookedAt === undefined ? talk : wallClock(zone, Date.parse(booking.bookedAt)).date;
  return date >= talk && date >= addDays(booked, -CALLS_BEFORE_BOOKING_DAYS) && date <= endOf(booking);
}

function saidInCall({ key, facts }: RecordOf<'call'>, guest: string | undefined, homeZone: TimeZone): Statement[] {
  const zone = facts.line?.timezone ?? homeZone;
  const told = (text: string, by: string | undefined, saidAt = facts.startedAt): Statement[] =>
    statementsIn(text, { saidAt, zone, where: 'call', by, key });
  return [
    ...facts.comments.flatMap(({ text, by, at }) => told(text, by, at)),
    ...(facts.summary === undefined ? [] : told(facts.summary, 'the summary')),
    ...(facts.transcript ?? []).flatMap(({ text, by }) =>
      told(text, { guest, team: facts.agent ?? 'the team', unknown: undefined }[by]),
    ),
  ];
}
