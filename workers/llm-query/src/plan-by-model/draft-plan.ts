import type { ListingId } from '@innkeeper/shared/domain/ids';
import type { PlanKind, When } from '@innkeeper/shared/domain/plan';
import type { DateUse } from '../understand/dates/resolve-date.ts';
import type { ModelPlan } from './model-plan.ts';

/** Which field of a reply becomes which of a plan. Pure; whether the plan is whole is for its schema to say. */
export interface Settled {
  readonly homes: readonly ListingId[];
  /** As said; nothing where it was not. */
  readonly when: When | undefined;
  readonly today: When;
}

type Draft = { readonly kind: PlanKind } & Readonly<Record<string, unknown>>;

export function draftPlan(reply: ModelPlan, { homes, when: said, today }: Settled): Draft | undefined {
  const when = said ?? today;
  const name = reply.guest ?? undefined;
  const choice = reply.choice ?? undefined;
  const form = reply.form === 'list' ? 'list' : 'count';
  switch (reply.kind) {
    case 'arrivals':
    case 'departures':
    case 'in_house':
      return { kind: reply.kind, when, homes, form: reply.form, ...filterOf(reply) };
    case 'stay_overs':
      return { kind: 'stay_overs', when, homes, form: reply.form };
    case 'longest_stay':
    case 'overview':
    case 'readiness':
      return { kind: reply.kind, when, homes };
    case 'turnovers':
    case 'free_homes':
      return { kind: reply.kind, when, homes, form };
    case 'bookings':
      return { kind: 'bookings', change: choice, when, homes, form: reply.form };
    case 'not_yet':
      return { kind: 'not_yet', movement: choice, when, homes };
    case 'early_check_in':
      return { kind: 'early_check_in', name, homes, when, at: reply.time ?? undefined };
    case 'stay_longer':
      return { kind: 'stay_longer', name, homes, when, nights: reply.nights ?? undefined };
    case 'tasks':
      return { kind: 'tasks', when, homes, form, ...tasksOf(choice) };
    case 'unanswered':
      return { kind: 'unanswered', homes, form };
    case 'guest':
      return { kind: 'guest', name, aspect: reply.aspect ?? 'booking', homes, when: said };
    case 'occupant':
      return homes.length === 0 ? undefined : { kind: 'occupant', which: choice, homes };
    case 'home':
      return { kind: 'home', homes, topic: reply.topic ?? undefined };
    case 'calls':
      return { kind: 'calls', when, filter: choice ?? 'all', with: name, form };
    case 'not_shown':
      return { kind: 'not_shown', detail: choice, name, homes };
    case 'none':
      return undefined;
  }
}

function filterOf({ with: company, after, before, partyMin }: ModelPlan): { only?: Record<string, unknown> } {
  const said = Object.entries({ with: company, after, before, partyMin }).filter(([, value]) => value !== null);
  return said.length === 0 ? {} : { only: Object.fromEntries(said) };
}

function tasksOf(choice: string | undefined): { which: string | undefined; state: 'all' | 'open' } {
  if (choice === undefined || choice === 'open') return { which: 'all', state: choice ?? 'all' };
  return { which: choice, state: 'all' };
}

/** How days are meant, as the rules for the same kinds mean them. */
export const useOf = ({ kind }: ModelPlan): DateUse => USES.get(kind) ?? { unit: 'days', lean: 'near' };

const USES: ReadonlyMap<ModelPlan['kind'], DateUse> = new Map([
  ['in_house', { unit: 'nights', lean: 'near' }],
  ['free_homes', { unit: 'nights', lean: 'future' }],
  ['bookings', { unit: 'days', lean: 'past' }],
  ['calls', { unit: 'days', lean: 'past' }],
]);
