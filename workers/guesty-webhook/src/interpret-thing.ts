import type { Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import { type ChangePart, rank } from '@innkeeper/shared/ingest/record-change';
import { buildChange, changedAtMs, type Dated, ended, toldPart, webhookOrigin } from './build-change.ts';
import { type GuestySubject, markToRead } from './marks.ts';
import { normaliseGuest } from './normalise-guest.ts';
import { normaliseListing } from './normalise-listing.ts';
import { normaliseTask } from './normalise-task.ts';
import { GuestEvent, ListingEvent, TaskEvent } from './payload.ts';
import type { GuestyPorts } from './ports.ts';
import { unexpected } from './unexpected.ts';

/** Listings, guests and tasks: the event has the thing in full. A change that does not say when it was true is read too. Pure. */
export function interpretListing(_ports: GuestyPorts, received: ReceivedDelivery, event: string): Interpretation {
  const parsed = ListingEvent.safeParse(received.payload);
  if (!parsed.success) return unexpected(parsed.error);
  const { listing } = parsed.data;
  const told: Told = { kind: 'listing', id: listing._id, thing: listing, facts: normaliseListing(listing) };
  if (event === 'listing.removed') return understoodEnd(received, event, told);
  return understood(received, event, told, event === 'listing.new' ? ['calendar'] : []);
}

export function interpretGuest(_ports: GuestyPorts, received: ReceivedDelivery, event: string): Interpretation {
  const parsed = GuestEvent.safeParse(received.payload);
  if (!parsed.success) return unexpected(parsed.error);
  const { guest } = parsed.data;
  const told: Told = { kind: 'guest', id: guest._id, thing: guest, facts: normaliseGuest(guest._id, guest) };
  return event === 'guest.deleted' ? understoodEnd(received, event, told) : understood(received, event, told);
}

export function interpretTask(_ports: GuestyPorts, received: ReceivedDelivery, event: string): Interpretation {
  const parsed = TaskEvent.safeParse(received.payload);
  if (!parsed.success) return unexpected(parsed.error);
  const { task } = parsed.data;
  const told: Told = { kind: 'task', id: task._id, thing: task, facts: normaliseTask(task._id, task) };
  return event === 'task.deleted' ? understoodEnd(received, event, told) : understood(received, event, told);
}

const FIRST_WORDS: ReadonlySet<string> = new Set(['listing.new', 'guest.created', 'task.created']);

interface Told {
  readonly kind: 'listing' | 'guest' | 'task';
  readonly id: string;
  readonly thing: Dated;
  readonly facts: NonNullable<ChangePart['facts']>;
}

function understood(
  received: ReceivedDelivery,
  event: string,
  { kind, id, thing, facts }: Told,
  alsoRead: readonly GuestySubject[] = [],
): Interpretation {
  const origin = webhookOrigin(received, event);
  // Its first word cannot be older than another; a later one without a time can, and then only a read tells.
  const isDoubted = changedAtMs(thing) === undefined && !FIRST_WORDS.has(event);
  const doubted = isDoubted ? [{ ...markToRead(origin, kind, id), lane: 'backfill' as const }] : [];
  return {
    kind: 'understood',
    changes: [buildChange(origin, kind, id, [toldPart(thing, facts, origin.observedAtMs)])],
    // What is told already waits for what is not: a burst of guests must not hold up the bookings.
    marks: [...doubted, ...alsoRead.map(subject => markToRead(origin, subject, id))],
  };
}

/** The notice of an end may leave out most; the tombstone must stand all the same, whatever comes late. */
const LEAST_FACTS = { listing: { timezone: 'UTC' }, guest: {}, task: { title: '', status: '' } } as const;

function understoodEnd(received: ReceivedDelivery, event: string, { kind, id, thing, facts }: Told): Interpretation {
  const origin = webhookOrigin(received, event);
  const least: ChangePart = { rank: rank.hearsay, version: 0, facts: LEAST_FACTS[kind] };
  const end = ended(changedAtMs(thing) ?? origin.observedAtMs);
  const parts = [least, toldPart(thing, facts, origin.observedAtMs), end];
  return { kind: 'understood', changes: [buildChange(origin, kind, id, parts)] };
}
