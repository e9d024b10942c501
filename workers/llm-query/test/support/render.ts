import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { Plan } from '@innkeeper/shared/domain/plan';
import type { Rendering } from '../../src/compose/draft.ts';
import { linksTo } from '../../src/compose/links.ts';
import { homesAt } from '../../src/evaluate/homes.ts';
import { type DecidedPlan, renderPlan } from '../../src/render-plan.ts';
import { ASKED_AT, booking, listing } from './world.ts';

export const lisbon = 'Europe/Lisbon';
export const homeRecords = [
  listing('l-garden', 'Garden Studio', lisbon),
  listing('l-sea', 'Sea View', lisbon),
  listing('l-loft', 'Loft 3', lisbon),
];

export interface RenderOptions {
  readonly homes?: readonly BusinessRecord[];
  readonly askedAt?: string;
  readonly scope?: Rendering['scope'];
}

/** What the assistant would say to a plan, given the records there are: the pure middle, without footer. */
export function render(
  plan: object,
  records: readonly BusinessRecord[],
  { homes = homeRecords, askedAt = ASKED_AT, scope = 'full' }: RenderOptions = {},
): string {
  const known = homesAt(
    homes.filter(home => home.kind === 'listing'),
    Date.parse(askedAt),
  );
  const rendering = {
    homes: known,
    scope,
    thisYear: '2026',
    links: linksTo({ guestyApp: 'https://guesty.example', aircallApp: 'https://aircall.example' }),
  };
  const decided = Plan.parse(plan) as DecidedPlan;
  return renderPlan(decided, { homes: known, records }, rendering).lines.join('\n');
}

export const today = { words: 'today', byToday: { '2026-11-21': { from: '2026-11-21', to: '2026-11-21' } } };
export const weekend = { words: 'this weekend', byToday: { '2026-11-21': { from: '2026-11-21', to: '2026-11-22' } } };
export const arrivals = (more: object = {}) => ({ kind: 'arrivals', when: today, homes: [], form: 'list', ...more });
export const stay = (code: string, home: string, from: string, to: string, more: object = {}) =>
  booking(code, { guest: `Guest ${code}`, home, from, to, ...more });
