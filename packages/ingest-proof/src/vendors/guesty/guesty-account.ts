import type { Dice } from '../../time/dice.ts';
import { oddId } from '../odd-ids.ts';
import { newThing, numbered, type Thing } from '../thing.ts';

/** A small company as Guesty keeps it. Every change of anything raises its time of change. */
export interface GuestyAccount {
  readonly homes: readonly Home[];
  readonly guests: Map<string, Guest>;
  readonly bookings: Map<string, Booking>;
  readonly messages: Map<string, Message>;
  /** By conversation, the most recently active last. */
  readonly conversations: Map<string, Message[]>;
  readonly tasks: Map<string, Task>;
  /** The newest last. */
  readonly recent: { readonly bookings: Booking[]; readonly tasks: Task[] };
}

interface Dated {
  readonly id: string;
  readonly thing: Thing;
  readonly createdAtMs: number;
  changedAtMs: number;
}

export interface Home extends Dated {
  readonly name: string;
  readonly timezone: string;
  /** Days on which it is repaired and cannot be booked. */
  readonly blocked: Set<string>;
  /** Those and the days that were once blocked: none is blocked again, so that every state of a day has its turn once. */
  readonly everBlocked: Set<string>;
}

export interface Guest extends Dated {
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
}

export interface Booking extends Dated {
  readonly guest: Guest;
  readonly home: Home;
  readonly code: string;
  status: string;
  checkIn: string;
  checkOut: string;
  guestsCount: number;
  cleaning: string;
}

export interface Message extends Dated {
  readonly booking: Booking;
  readonly isFromGuest: boolean;
  readonly text: string;
}

export interface Task extends Dated {
  readonly home: Home;
  readonly title: string;
  status: string;
}

export const textOfHome = ({ name, thing }: Home): string => numbered(name, thing.progress);
export const lastNameOf = ({ lastName, thing }: Guest): string => numbered(lastName, thing.progress);
export const codeOf = ({ code, thing }: Booking): string => numbered(code, thing.progress);
export const titleOf = ({ title, thing }: Task): string => numbered(title, thing.progress);
export const conversationOf = ({ id }: Booking): string => `c${id}`;

const ZONES = ['Europe/London', 'Europe/Vienna', 'America/New_York'] as const;
const HOMES = 40;

export function openAccount(nowMs: number): GuestyAccount {
  const homes = Array.from({ length: HOMES }, (_, index): Home => {
    const id = idOf('a', index);
    return {
      id,
      name: `Room ${index + 1}`,
      timezone: ZONES[index % ZONES.length] ?? ZONES[0],
      blocked: new Set(),
      everBlocked: new Set(),
      createdAtMs: nowMs,
      changedAtMs: nowMs,
      thing: newThing('guesty', 'listing', id, {}),
    };
  });
  return {
    homes,
    guests: new Map(),
    bookings: new Map(),
    messages: new Map(),
    conversations: new Map(),
    tasks: new Map(),
    recent: { bookings: [], tasks: [] },
  };
}

/** 24 hexadecimal digits, as the vendor's are. */
export const idOf = (family: string, index: number): string => `69${family}${index.toString(16).padStart(21, '0')}`;

const FIRST_NAMES = ['Grace', 'Gerald', 'Mia', 'Noor', 'Iris', 'Otto'] as const;

export function newGuest(account: GuestyAccount, dice: Dice, nowMs: number): Guest {
  const id = idOf('b', account.guests.size);
  const guest: Guest = {
    id,
    firstName: dice.pick(FIRST_NAMES),
    lastName: `Guest ${account.guests.size}`,
    phone: `+44770090${String(account.guests.size % 10_000).padStart(4, '0')}`,
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    thing: newThing('guesty', 'guest', id, {}),
  };
  account.guests.set(id, guest);
  return guest;
}

export function newBooking(account: GuestyAccount, dice: Dice, guest: Guest, nowMs: number): Booking {
  const id = idOf('c', account.bookings.size);
  const arrival = dice.between(-20, 120);
  const booking: Booking = {
    id,
    guest,
    home: dice.pick(account.homes as readonly [Home, ...Home[]]), // there are always some
    code: `HM${account.bookings.size.toString(36).toUpperCase().padStart(6, '0')}`,
    status: dice.pick(['confirmed', 'reserved', 'inquiry']),
    checkIn: dayAfter(nowMs, arrival),
    checkOut: dayAfter(nowMs, arrival + dice.between(1, 14)),
    guestsCount: dice.between(1, 6),
    cleaning: '',
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    thing: newThing('guesty', 'reservation', id, {}),
  };
  account.bookings.set(id, booking);
  remember(account.recent.bookings, booking);
  return booking;
}

export function newMessage(account: GuestyAccount, dice: Dice, booking: Booking, nowMs: number): Message {
  const odd = oddId(dice, `m${account.messages.size}`);
  const id = odd ?? idOf('d', account.messages.size);
  const message: Message = {
    id,
    booking,
    isFromGuest: dice.happens(600_000),
    text: `Message ${account.messages.size}: when may we come?`,
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    thing: newThing('guesty', 'guest-message', id, {}, { isOdd: odd !== undefined }),
  };
  account.messages.set(message.thing.id, message);
  const conversation = conversationOf(booking);
  const messages = account.conversations.get(conversation) ?? [];
  messages.push(message);
  account.conversations.delete(conversation);
  account.conversations.set(conversation, messages);
  return message;
}

export function newTask(account: GuestyAccount, dice: Dice, nowMs: number): Task {
  const odd = oddId(dice, `t${account.tasks.size}`);
  const id = odd ?? idOf('e', account.tasks.size);
  const task: Task = {
    id,
    home: dice.pick(account.homes as readonly [Home, ...Home[]]), // there are always some
    title: `Clean ${account.tasks.size}`,
    status: 'pending',
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    thing: newThing('guesty', 'task', id, {}, { isOdd: odd !== undefined }),
  };
  account.tasks.set(task.thing.id, task);
  remember(account.recent.tasks, task);
  return task;
}

/** People work on what is new: changes come in bursts to the same few. */
const RECENT_MAX = 400;

function remember<T>(recent: T[], item: T): void {
  recent.push(item);
  if (recent.length > RECENT_MAX) recent.splice(0, RECENT_MAX / 2);
}

const DAY_MS = 86_400_000;
export const dayAfter = (nowMs: number, days: number): string =>
  new Date(nowMs + days * DAY_MS).toISOString().slice(0, 10);
