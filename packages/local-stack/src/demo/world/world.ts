import type { Day } from './days.ts';

/** A small company as it really is on one day: what the product should know, and what its answers are checked against. */
export interface World {
  readonly seed: number;
  readonly at: Date;
  readonly homes: readonly Home[];
  readonly guests: readonly WorldGuest[];
  readonly bookings: readonly Booking[];
  readonly letters: readonly Letter[];
  readonly calls: readonly PhoneCall[];
}

export interface Home {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly city: string;
  readonly country: string;
  readonly street: string;
  readonly zone: string;
  readonly checkInFrom: string;
  readonly checkOutBy: string;
  readonly sleeps: number;
  readonly wifi: string;
  readonly parking: string;
}

export interface WorldGuest {
  readonly id: string;
  readonly first: string;
  readonly last: string;
  readonly phone: string;
  readonly email: string;
}

export interface Booking {
  readonly id: string;
  readonly code: string;
  readonly status: 'confirmed' | 'checked_in' | 'checked_out' | 'reserved' | 'inquiry' | 'canceled';
  readonly guest: WorldGuest;
  readonly people: number;
  readonly channel: string;
  /** One, or two when the guest moves between homes. */
  readonly stays: readonly WorldStay[];
  readonly doorCode: string;
  readonly wish: string;
}

export interface WorldStay {
  readonly home: Home;
  readonly from: Day;
  readonly to: Day;
  readonly plannedArrival?: string;
  readonly plannedDeparture?: string;
}

export interface Letter {
  readonly id: string;
  readonly booking: Booking;
  readonly from: 'guest' | 'host';
  readonly at: Date;
  readonly text: string;
}

export interface PhoneCall {
  readonly id: number;
  readonly from: WorldGuest;
  readonly at: Date;
  readonly missed: boolean;
  readonly agent: string;
  readonly note?: string;
}
