import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { listingName } from '@innkeeper/shared/domain/listing';
import type { Joined } from './joins.ts';
import type { Searchable } from './searchable.ts';
import { instantInWords, sentences } from './sentences.ts';

/** Things that are, rather than happen: homes, guests, contacts, tasks, the state of payments. Contact details never enter; pure. */
export function listingText(record: RecordOf<'listing'>): Searchable {
  const { facts } = record;
  return {
    title: `Home: ${listingName(facts)}`,
    text: [
      sentences(
        `${listingName(facts)}${facts.title !== undefined && facts.title !== listingName(facts) ? ` (${facts.title})` : ''} is a home in ${facts.city ?? facts.address ?? facts.timezone}`,
        facts.address === undefined ? undefined : `Address: ${facts.address}`,
        facts.accommodates === undefined ? undefined : `It accommodates ${facts.accommodates}`,
        facts.bedrooms === undefined ? undefined : `Bedrooms: ${facts.bedrooms}`,
        facts.defaultCheckInTime === undefined ? undefined : `Check-in from ${facts.defaultCheckInTime} by default`,
        facts.defaultCheckOutTime === undefined ? undefined : `Check-out by ${facts.defaultCheckOutTime} by default`,
        facts.active ? undefined : 'It is not active',
      ),
      ...facts.description.map(section => `${section.topic}: ${section.text}`),
    ].join('\n'),
    fields: { listingIds: [facts.listingId], guestNames: [], timezone: facts.timezone },
  };
}

export function guestText(record: RecordOf<'guest'>): Searchable {
  const { facts } = record;
  const name = facts.fullName ?? [facts.firstName, facts.lastName].filter(Boolean).join(' ');
  return {
    title: `Guest: ${name}`,
    text: sentences(`${name} is a guest`, facts.tags.length === 0 ? undefined : `Tagged ${facts.tags.join(', ')}`),
    fields: { listingIds: [], guestNames: name === '' ? [] : [name], guestId: facts.guestId },
  };
}

export function contactText(record: RecordOf<'contact'>): Searchable {
  const { facts } = record;
  const name = [facts.firstName, facts.lastName].filter(Boolean).join(' ');
  return {
    title: `Contact: ${name}`,
    text: sentences(
      `${name === '' ? 'A contact without a name' : name} is in the telephone address book`,
      facts.company === undefined ? undefined : `Company: ${facts.company}`,
    ),
    fields: { listingIds: [], guestNames: name === '' ? [] : [name] },
  };
}

export function taskText(record: RecordOf<'task'>, joined: Joined): Searchable {
  const { facts } = record;
  const listing = facts.listingId === undefined ? undefined : joined.listings.get(facts.listingId);
  const due = facts.mustFinishBefore ?? facts.startsAt ?? facts.canStartAfter;
  return {
    title: `Task: ${facts.title}`,
    text: sentences(
      `Task ${facts.title} is ${facts.status}`,
      listing === undefined ? undefined : `Home: ${listingName(listing)}`,
      due === undefined ? undefined : `Time: ${instantInWords(due, listing?.timezone)}`,
      facts.assignee === undefined ? undefined : `Assigned to ${facts.assignee}`,
    ),
    fields: {
      listingIds: facts.listingId === undefined ? [] : [facts.listingId],
      guestNames: [],
      status: facts.status,
      ...(due === undefined ? {} : { startsAt: due }),
      ...(facts.reservationId === undefined ? {} : { reservationId: facts.reservationId }),
    },
  };
}

/** That money of a booking moved or did not; how much and by what means stays at the vendor. */
export function paymentText(record: RecordOf<'payment'>, joined: Joined): Searchable {
  const { facts } = record;
  const booking = joined.reservation;
  const label = booking?.confirmationCode ?? facts.reservationId;
  const forBooking = label === undefined ? '' : ` for booking ${label}`;
  const listings = [...joined.listings.values()];
  const when = instantInWords(facts.happenedAt, listings[0]?.timezone);
  const state = facts.state.replaceAll('_', ' ');
  return {
    title: `Payment ${state}${forBooking}`,
    text: sentences(
      `Payment ${state}${forBooking}, ${when}`,
      booking?.guestName === undefined ? undefined : `Guest: ${booking.guestName}`,
      listings.length === 0 ? undefined : `Home: ${listings.map(listingName).join(' and ')}`,
    ),
    fields: {
      listingIds: booking?.stay.map(segment => segment.listingId) ?? [],
      guestNames: booking?.guestName === undefined ? [] : [booking.guestName],
      status: facts.state,
      startsAt: facts.happenedAt,
      ...(facts.reservationId === undefined ? {} : { reservationId: facts.reservationId }),
    },
  };
}
