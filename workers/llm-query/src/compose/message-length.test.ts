import { Plan } from '@innkeeper/shared/domain/plan';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PLANS } from '../../test/support/arbitrary-plan.ts';
import { today } from '../../test/support/render.ts';
import { ASKED_AT, booking, listing, record } from '../../test/support/world.ts';
import { answerAboutHome } from '../answer-about-home.ts';
import { homesAt } from '../evaluate/homes.ts';
import { renderPlan } from '../render-plan.ts';
import type { Rendering } from './draft.ts';
import { finishAnswer } from './finish-answer.ts';
import { linksTo } from './links.ts';

const HOMES = ['l-one', 'l-two', 'l-three', ...Array.from({ length: 297 }, (_, at) => `l-${at}`)];
/** As far as a vendor's fields go, and people fill them. */
const LONG = 'Very long name '.repeat(20);

/** Everybody changes on one day, in 300 homes of long names, with work, calls and messages to each. */
const listings = HOMES.map((id, at) =>
  listing(id, `${at} ${LONG}`, at % 2 === 0 ? 'Europe/Lisbon' : 'Asia/Tokyo', {
    description: [{ topic: 'Wifi', text: `${LONG}wifi `.repeat(200) }],
  }),
).filter(entry => entry.kind === 'listing');
const records = HOMES.flatMap((home, at) => [
  booking(`OUT${at}`, { guest: `Jon ${LONG}`, home, from: '2026-11-18', to: '2026-11-21' }),
  booking(`IN${at}`, {
    guest: `Mia ${LONG}`,
    home,
    from: '2026-11-21',
    to: '2026-11-25',
    more: { notes: [{ topic: 'Note', text: `We arrive at 12:00 ${LONG}` }], bookedAt: '2026-11-21T08:00:00Z' },
  }),
  record('task', `t-${at}`, {
    taskId: `t-${at}`,
    title: `Cleaning ${LONG}`,
    status: 'pending',
    listingId: home,
    mustFinishBefore: '2026-11-21T14:00:00Z',
  }),
  record('guest-message', `m-${at}`, {
    postId: `m-${at}`,
    reservationId: `r-IN${at}`,
    listingId: home,
    author: 'guest',
    sentAt: '2026-11-21T08:00:00Z',
    text: `We arrive at 11:30. ${LONG.repeat(3)}`,
  }),
  record(
    'call',
    `c-${at}`,
    { callId: `c-${at}`, direction: 'inbound', stage: 'ended', startedAt: '2026-11-21T08:05:00Z', contactName: LONG },
    'aircall',
  ),
]);
const homes = homesAt(listings, Date.parse(ASKED_AT));
const rendering: Rendering = {
  homes,
  scope: 'full',
  thisYear: '2026',
  links: linksTo({ guestyApp: 'https://guesty.example', aircallApp: 'https://aircall.example' }),
};

function partsOf(plan: Plan): readonly string[] {
  if (plan.kind === 'search') return [];
  const draft =
    plan.kind === 'home' ? answerAboutHome(plan, rendering) : renderPlan(plan, { homes, records }, rendering);
  if (draft === undefined) return [];
  return finishAnswer({ draft, homes, readAtMs: Date.parse(ASKED_AT), author: 'code', remarks: [] }).parts;
}

test.each(Object.entries(PLANS))(
  'with 300 homes no part of an answer of the kind %s is longer than Rocket.Chat takes',
  (_kind, plan) => {
    fc.assert(
      fc.property(plan, asked => {
        expect(Math.max(0, ...partsOf(Plan.parse(asked)).map(part => part.length))).toBeLessThanOrEqual(5_000);
      }),
      { numRuns: 2 },
    );
  },
  30_000,
);

test.each([
  ['arrivals', '300 arrivals'],
  ['departures', '300 departures'],
  ['in_house', '300 bookings'],
  ['overview', '300 arrivals, 300 departures'],
  ['turnovers', '300 turnovers'],
  ['readiness', '300 arrivals'],
  ['unanswered', '300 conversations'],
])('the first part of 300 %s says how many, and the rest lose none of them', (kind, count) => {
  const parts = partsOf(Plan.parse({ kind, when: today, homes: [], form: 'list' }));
  expect(parts.length).toBeGreaterThan(1);
  expect(parts[0]?.split('\n')[0]).toContain(count);
  const listed = parts.join('\n');
  expect(homes.all.filter(home => !listed.includes(home.name.slice(0, 20)))).toEqual([]);
});
