import { Plan, type PlanKind } from '@innkeeper/shared/domain/plan';
import fc from 'fast-check';
import { SAID } from './arbitrary-company.ts';
import { today } from './render.ts';

/** Plans of every kind there is, about the homes and guests of `arbitrary-company.ts`. */
const everyHome = { when: today, homes: [] };
const form = fc.constantFrom('list', 'count');
const stayForm = fc.constantFrom('list', 'count', 'people', 'nights');
const named = fc.constantFrom([], ['l-one'], ['l-two', 'l-three']);
const only = fc.constantFrom(undefined, { after: '10:00' }, { before: '20:00' });
const guest = fc.constantFrom('Mia', 'Jon', 'Jean-Luc');
const subject = fc.oneof(
  guest.map(name => ({ name, homes: [] })),
  fc.constant({ homes: ['l-one'] }),
);
const of = (kind: PlanKind, parts: Readonly<Record<string, fc.Arbitrary<unknown>>> = {}) =>
  fc.record(parts).map(more => ({ ...everyHome, kind, ...more }));
const since = fc.constant('2026-11-19T00:00:00.000Z');

/** A kind that is added one day does not compile without a row here. */
export const PLANS: Readonly<Record<PlanKind, fc.Arbitrary<object>>> = {
  arrivals: of('arrivals', { form: stayForm, homes: named, only }),
  departures: of('departures', { form: stayForm, homes: named, only }),
  in_house: of('in_house', { form: stayForm, homes: named }),
  stay_overs: of('stay_overs', { form: stayForm }),
  longest_stay: of('longest_stay'),
  bookings: of('bookings', { change: fc.constantFrom('made', 'changed', 'cancelled'), from: since, form: stayForm }),
  not_yet: of('not_yet', { movement: fc.constantFrom('arrived', 'left') }),
  early_check_in: subject.map(who => ({ ...everyHome, ...who, kind: 'early_check_in', at: '12:00' })),
  stay_longer: subject.map(who => ({ ...everyHome, ...who, kind: 'stay_longer', nights: 1 })),
  tasks: of('tasks', { which: fc.constantFrom('all', 'cleaning'), state: fc.constantFrom('all', 'open'), form }),
  unanswered: of('unanswered', { form }),
  turnovers: of('turnovers', { form }),
  free_homes: of('free_homes', { form, homes: named }),
  overview: of('overview'),
  readiness: of('readiness'),
  guest: of('guest', {
    name: guest,
    aspect: fc.constantFrom('booking', 'arrival', 'departure', 'nights', 'party', 'home', 'status'),
  }),
  occupant: of('occupant', { which: fc.constantFrom('current', 'next', 'previous'), homes: named }),
  home: of('home', { homes: fc.constant(['l-one', 'l-two']), topic: fc.constantFrom('wifi', 'check in', 'quokka') }),
  calls: of('calls', { filter: fc.constantFrom('all', 'missed', 'voicemail'), form }),
  since: of('since', { from: since, words: fc.constant('Thursday') }),
  search: of('search', {
    words: fc.constant(`what was said about ${SAID}`),
    kinds: fc.constantFrom([], ['guest-message'], ['call', 'task'], ['reservation', 'listing']),
  }),
  not_shown: of('not_shown', {
    detail: fc.constantFrom('phone', 'phone', 'phone', 'email', 'access_code', 'card'),
    name: guest,
  }),
  which_home: of('which_home', { words: fc.constant('home'), choices: fc.constant(['l-one', 'l-two']) }),
  unknown_home: of('unknown_home', { words: fc.constant('castle') }),
  help: of('help'),
  unclear: of('unclear'),
};
export const arbitraryPlan = fc.oneof(...Object.values(PLANS)).map(plan => Plan.parse(plan));
