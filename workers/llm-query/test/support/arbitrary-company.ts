import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import fc from 'fast-check';
import { booking, listing, record } from './world.ts';

/** Small companies whose people put surnames, numbers and codes wherever they can. */
export const SURNAMES = ['Quixwell', 'Fanshawe', 'Oyelaran', 'Ýrrsdóttir'] as const;
/** Stands in everything that was said: messages, calls, notes. */
export const SAID = 'quokka';
/** Of the numbers, addresses and codes below: what no room ever sees. */
export const CONTACTS = /7946|0188|4711|2580|@|guest\.relations|example\.net/u;

const HOMES = ['l-one', 'l-two', 'l-three'] as const;
const FIRST_NAMES = ['Mia', 'Jon', 'Zoë', 'Jean-Luc'];
const contact = fc.constantFrom(
  '',
  ' +44 20 7946 0188',
  ' (door code 4711)',
  ' guest.relations@example.net',
  ' lockbox code: 2580',
);

const guestName = fc
  .tuple(fc.constantFrom(...FIRST_NAMES), fc.constantFrom(...SURNAMES), contact, fc.nat(5))
  .map(([first, last, more, style]) => {
    const written = [`${first} ${last}`, `${last}, ${first}`, `${first}\u00a0${last}`, `${first}.${last}`];
    return `${[...written, `${first} ${last}`.toUpperCase(), `${first}\u200b ${last}`][style]}${more}`;
  });

const day = (offset: number): string => new Date(Date.UTC(2026, 10, 21 + offset)).toISOString().slice(0, 10);
const saidText = fc
  .tuple(fc.constantFrom(...SURNAMES), contact)
  .map(([last, more]) => `${SAID} says ${last} arrives at 12:00${more}`);

const stay = fc.record({
  guest: guestName,
  home: fc.constantFrom(...HOMES),
  from: fc.integer({ min: -3, max: 2 }),
  nights: fc.integer({ min: 1, max: 4 }),
  status: fc.constantFrom('confirmed', 'confirmed', 'reserved', 'canceled', 'checked_in', 'unknown'),
  note: saidText,
  message: saidText,
});

/** Listings, bookings with notes and messages, tasks, calls and texts, in that order. */
export const arbitraryCompany: fc.Arbitrary<readonly BusinessRecord[]> = fc
  .record({
    homes: fc.tuple(contact, contact, contact),
    stays: fc.array(stay, { minLength: 1, maxLength: 5 }),
    tasks: fc.array(fc.tuple(fc.constantFrom(...HOMES), contact, guestName, fc.boolean()), { maxLength: 3 }),
    calls: fc.array(fc.tuple(guestName, saidText), { maxLength: 2 }),
  })
  .map(({ homes, stays, tasks, calls }) => [
    ...HOMES.map((id, at) =>
      listing(id, `Home ${id.slice(2)}${homes[at]}`, 'Europe/Lisbon', {
        description: [{ topic: `Wifi${homes[at]}`, text: `Network Home${homes[at]}` }],
      }),
    ),
    ...stays.flatMap(({ guest, home, from, nights, status, note, message }, at) => [
      booking(`HM${at}`, {
        guest,
        home,
        from: day(from),
        to: day(from + nights),
        status,
        more: { notes: [{ topic: 'Note', text: note }], bookedAt: '2026-11-20T09:00:00Z', children: at % 2 },
      }),
      record('guest-message', `p-${at}`, {
        postId: `p-${at}`,
        reservationId: `r-HM${at}`,
        listingId: home,
        guestName: guest,
        author: 'guest',
        sentAt: '2026-11-21T08:00:00Z',
        text: message,
      }),
    ]),
    ...tasks.map(([home, more, assignee, isForGuest], at) =>
      record('task', `k-${at}`, {
        taskId: `k-${at}`,
        title: `Cleaning${isForGuest ? ` for ${stays[at % stays.length]?.guest}` : ''}${more}`,
        status: 'pending',
        listingId: home,
        assignee,
        mustFinishBefore: '2026-11-21T15:00:00Z',
      }),
    ),
    ...calls.map(([contactName, text], at) =>
      record(
        'call',
        `c-${at}`,
        {
          callId: `c-${at}`,
          direction: 'inbound',
          stage: 'ended',
          startedAt: '2026-11-21T08:05:00Z',
          missedReason: 'no_available_agent',
          contactName,
          externalNumber: '+442079460188',
          comments: [{ id: '1', text, by: contactName }],
          summary: text,
        },
        'aircall',
      ),
    ),
  ]);
