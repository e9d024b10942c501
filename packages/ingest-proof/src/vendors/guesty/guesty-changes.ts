import type { Dice } from '../../time/dice.ts';
import type { VirtualTime } from '../../time/virtual-time.ts';
import type { Draft, Thing } from '../thing.ts';
import {
  type Booking,
  codeOf,
  dayAfter,
  type Guest,
  type GuestyAccount,
  type Home,
  lastNameOf,
  type Message,
  newBooking,
  newGuest,
  newMessage,
  newTask,
  type Task,
  textOfHome,
  titleOf,
} from './guesty-account.ts';
import {
  calendarEvent,
  guestObject,
  idOnlyReservation,
  leanReservation,
  legacyReservation,
  listingObject,
  messageEvent,
  taskObject,
} from './guesty-payloads.ts';

/** What people do in Guesty, and the webhooks that tell of it: a booking is changed several times in a row. */
export interface GuestyChanges {
  /** Begins something; what follows from it is told in its time. */
  change(): void;
  /** What was there from the beginning, told at once. */
  open(): void;
}

export function guestyChanges(
  account: GuestyAccount,
  dice: Dice,
  time: VirtualTime,
  tell: (draft: Draft) => void,
): GuestyChanges {
  const { now } = time;
  const later = (lowMs: number, highMs: number, happen: () => void): void =>
    time.at(now() + dice.between(lowMs, highMs), happen);
  let events = 0;
  const nextEventId = (): string => {
    events += 1;
    return `00000000-0000-4000-8000-${events.toString(16).padStart(12, '0')}`;
  };

  const raise = (changed: { readonly thing: Thing; changedAtMs: number }): void => {
    changed.thing.progress += 1;
    // Two changes of one thing within a millisecond have no order.
    changed.changedAtMs = Math.max(changed.changedAtMs + 1, now());
  };

  const draft = (event: string, payload: Draft['payload'], { thing }: { readonly thing: Thing }): Draft => ({
    source: 'guesty',
    event,
    payload,
    about: { thing, progress: thing.progress },
  });

  const maybeDated = (object: Draft['payload']): Draft['payload'] => {
    if (!dice.happens(UNDATED)) return object;
    const { lastUpdatedAt: _left, ...undated } = object;
    return undated;
  };

  const tellBooking = (booking: Booking, isNew: boolean): Draft => {
    setFacts(booking.thing, factsOfBooking(booking));
    const event = isNew ? 'reservation.created.v2' : 'reservation.updated.v2';
    if (dice.happens(LEGACY)) {
      const older = isNew ? 'reservation.new' : 'reservation.updated';
      return draft(older, legacyReservation(booking, older), booking);
    }
    const payload = dice.happens(ID_ONLY)
      ? idOnlyReservation(booking, event, nextEventId())
      : leanReservation(booking, event, nextEventId());
    return draft(event, payload, booking);
  };

  const tellGuest = (guest: Guest, event: string): Draft => {
    setFacts(guest.thing, { guestId: guest.id, firstName: guest.firstName, lastName: lastNameOf(guest) });
    return draft(event, { event, by: 'host@example.com', guest: maybeDated(guestObject(guest)) }, guest);
  };

  const tellHome = (home: Home, event: string): Draft => {
    setFacts(home.thing, { listingId: home.id, nickname: textOfHome(home), timezone: home.timezone });
    return draft(event, { event, listing: maybeDated(listingObject(home)), meta: { eventId: nextEventId() } }, home);
  };

  const tellTask = (task: Task, event: string): Draft => {
    setFacts(task.thing, { taskId: task.thing.id, title: titleOf(task), status: task.status, listingId: task.home.id });
    return draft(event, { event, by: 'host@example.com', task: maybeDated(taskObject(task)) }, task);
  };

  const tellMessage = (message: Message): Draft => {
    setFacts(message.thing, factsOfMessage(message));
    const payload = messageEvent(message, nextEventId());
    return draft(String(payload['event']), payload, message);
  };

  const pickBooking = (): Booking | undefined => {
    const { bookings } = account.recent;
    return bookings.length === 0 ? undefined : bookings[dice.between(0, bookings.length - 1)];
  };

  const book = (): void => {
    const guest = newGuest(account, dice, now());
    const booking = newBooking(account, dice, guest, now());
    // Which of the two is told first is anybody's guess.
    const told = [tellGuest(guest, 'guest.created'), tellBooking(booking, true)];
    for (const draft of dice.happens(500_000) ? told : told.toReversed()) tell(draft);
    if (dice.happens(700_000)) later(200, 20_000, () => workOn(booking));
  };

  const workOn = (booking: Booking): void => {
    tell(changeBooking(booking));
    if (dice.happens(650_000)) later(200, 20_000, () => workOn(booking));
  };

  const write = (booking: Booking): void => {
    tell(tellMessage(newMessage(account, dice, booking, now())));
    if (dice.happens(550_000)) later(1_000, 30_000, () => write(booking));
  };

  const changeBooking = (booking: Booking): Draft => {
    raise(booking);
    booking.status = dice.pick(['confirmed', 'confirmed', 'confirmed', 'canceled', 'reserved', 'checked_in']);
    booking.checkOut = dayAfter(Date.parse(booking.checkIn), dice.between(1, 14));
    booking.guestsCount = dice.between(1, 6);
    booking.cleaning = `Cot for state ${booking.thing.progress}`;
    return tellBooking(booking, false);
  };

  const changeTask = (): Draft => {
    const { tasks } = account.recent;
    const known = tasks.length === 0 ? undefined : tasks[dice.between(0, tasks.length - 1)];
    if (known === undefined || known.thing.deleted || dice.happens(300_000)) {
      return tellTask(newTask(account, dice, now()), 'task.created');
    }
    raise(known);
    known.status = dice.pick(['pending', 'confirmed', 'completed']);
    if (!dice.happens(30_000)) return tellTask(known, 'task.updated');
    known.thing.deleted = true;
    return tellTask(known, 'task.deleted');
  };

  const changeCalendar = (): Draft => {
    const home = account.homes[dice.between(0, account.homes.length - 1)] ?? neverEmpty();
    const start = dayAfter(now(), dice.between(1, DAYS_AHEAD));
    const [oldest] = home.blocked;
    if (oldest !== undefined && (home.blocked.size > BLOCKED_MAX || dice.happens(400_000))) home.blocked.delete(oldest);
    for (let day = start, left = dice.between(1, 4); left > 0; left -= 1, day = dayAfter(Date.parse(day), 1)) {
      if (home.everBlocked.has(day)) continue;
      home.blocked.add(day);
      home.everBlocked.add(day);
    }
    return { source: 'guesty', event: 'calendar.updated.v2', payload: calendarEvent(home, start, start) };
  };

  return {
    open: () => {
      for (const home of account.homes) tell(tellHome(home, 'listing.new'));
    },
    change: () => {
      const booking = pickBooking();
      const what = dice.between(1, 100);
      if (booking === undefined || what <= 5) return book();
      if (what <= 18) return workOn(booking);
      if (what <= 24) return write(booking);
      if (what <= 80) return tell(changeTask());
      if (what <= 96) {
        raise(booking.guest);
        return tell(tellGuest(booking.guest, 'guest.updated'));
      }
      if (what <= 98) return tell(changeCalendar());
      const home = account.homes[dice.between(0, account.homes.length - 1)] ?? neverEmpty();
      raise(home);
      tell(tellHome(home, 'listing.updated'));
    },
  };
}

/** Per million of the reservations' events. */
const LEGACY = 100_000;
const ID_ONLY = 100_000;
/** Per million of the other events: those that do not say when what they show was true. */
const UNDATED = 50_000;
const BLOCKED_MAX = 12;
/** Calendars are read further ahead than this. */
const DAYS_AHEAD = 400;

function setFacts(thing: Thing, facts: Thing['facts']): void {
  thing.facts = facts;
}

const factsOfBooking = (booking: Booking): Thing['facts'] => ({
  reservationId: booking.id,
  confirmationCode: codeOf(booking),
  status: booking.status,
  guestId: booking.guest.id,
  guestsCount: booking.guestsCount,
  stay: [
    {
      listingId: booking.home.id,
      checkInDate: booking.checkIn,
      checkOutDate: booking.checkOut,
      plannedArrival: '16:30',
    },
  ],
  notes: booking.cleaning === '' ? [] : [{ topic: 'cleaning', text: booking.cleaning }],
});

const factsOfMessage = (message: Message): Thing['facts'] => ({
  postId: message.thing.id,
  reservationId: message.booking.id,
  listingId: message.booking.home.id,
  author: message.isFromGuest ? 'guest' : 'host',
  sentAt: new Date(message.createdAtMs).toISOString(),
  text: message.text,
});

function neverEmpty(): never {
  throw new Error('the account has homes');
}
