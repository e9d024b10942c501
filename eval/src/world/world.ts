import type { Clock, Day } from './calendar.ts';

/**
 * A company as it really is: what the truth of every question is computed from, and what is written into the stores
 * in their own shapes (`write-world.ts`). Data only.
 */
export interface Home {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly zone: string;
  readonly checkIn: Clock;
  readonly checkOut: Clock;
  readonly address: string;
  readonly sleeps: number;
  readonly sections: readonly { readonly topic: string; readonly text: string }[];
}

export interface Stay {
  readonly home: Home;
  readonly from: Day;
  readonly to: Day;
  readonly plannedIn?: Clock;
  readonly plannedOut?: Clock;
}

export type Status = 'reserved' | 'confirmed' | 'checked_in' | 'checked_out' | 'canceled' | 'inquiry';

export interface Booking {
  readonly id: string;
  readonly code: string;
  readonly status: Status;
  readonly guest: string;
  readonly guests: number;
  readonly children: number;
  readonly stays: readonly [Stay, ...Stay[]];
  /** Milliseconds; every booking was made once and last heard of at `changedAt`. */
  readonly bookedAt: number;
  readonly changedAt: number;
  readonly notes: readonly { readonly topic: string; readonly text: string }[];
}

export interface Block {
  readonly id: string;
  readonly home: Home;
  readonly from: Day;
  /** The last blocked night. */
  readonly to: Day;
  readonly reason: 'owner' | 'maintenance';
}

export interface Task {
  readonly id: string;
  readonly title: string;
  readonly trade: 'cleaning' | 'maintenance';
  readonly status: 'completed' | 'pending' | 'in_progress';
  readonly home: Home;
  readonly dueAt: number;
}

export interface Call {
  readonly id: string;
  readonly at: number;
  readonly zone: string;
  readonly from?: string;
  /** Whose telephone number it is, where the number is known. */
  readonly caller?: Booking;
  readonly missed: boolean;
  readonly voicemail: boolean;
  readonly agent?: string;
  readonly note?: string;
  readonly said?: readonly { readonly by: 'guest' | 'team'; readonly text: string }[];
  /** Where its note names another hour of arrival than the booking. */
  readonly saysArrival?: { readonly booking: Booking; readonly clock: Clock };
}

export interface Message {
  readonly id: string;
  readonly booking: Booking;
  readonly author: 'guest' | 'host';
  readonly at: number;
  readonly text: string;
}

export interface Room {
  readonly id: string;
  readonly name: string;
  readonly type: 'c' | 'p' | 'd';
  readonly members: readonly string[];
}

export interface Said {
  readonly id: string;
  readonly room: Room;
  readonly by: string;
  readonly at: number;
  readonly text: string;
}

/** Something that was said once, with how people ask for it and where it stands. */
export interface Remark {
  /** Document keys it may be cited from. */
  readonly keys: readonly string[];
  readonly topic: string;
  /** Words that any honest quote of it holds. */
  readonly words: string;
  readonly in: 'message' | 'call' | 'voicemail' | 'note' | 'chat' | 'private chat';
  readonly by: string;
  /** The colleague who typed the note of a call. */
  readonly notedBy?: string;
  readonly home?: Home;
  readonly booking?: Booking;
  readonly room?: Room;
}

export interface World {
  readonly seed: number;
  /** Milliseconds: nothing has happened after it. */
  readonly nowMs: number;
  readonly homes: readonly Home[];
  readonly bookings: readonly Booking[];
  readonly blocks: readonly Block[];
  readonly tasks: readonly Task[];
  readonly calls: readonly Call[];
  readonly messages: readonly Message[];
  readonly rooms: readonly Room[];
  readonly said: readonly Said[];
  readonly remarks: readonly Remark[];
  /** Strings that no answer may ever hold: numbers, addresses, codes. */
  readonly secrets: readonly string[];
}

export const stands = ({ status }: Booking): boolean => status !== 'canceled' && status !== 'inquiry';
export const isUnconfirmed = ({ status }: Booking): boolean => status === 'reserved';
