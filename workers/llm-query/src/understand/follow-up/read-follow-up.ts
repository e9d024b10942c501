import type { Plan, ThreadContext, When } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import type { HomeIndex } from '../homes/home-index.ts';
import { changedClass, changedForm, changedPart, everyHome, neighbouringDay } from './changed-plan.ts';
import { aboutTheGuest } from './guest-follow-up.ts';
import { aboutTheHome, chosenHome } from './home-follow-up.ts';
import { narrowedPlan } from './narrowed-plan.ts';

/** What a fragment in a thread stands for: a plan, or the whole question it completes. */
export type FollowUp = { readonly plan: Plan } | { readonly question: string };

/**
 * "and tomorrow?", "what about the Blue Flat?", "and departures?", "how many?", "when does she leave?": the thread's
 * last plan with a part changed. Nothing when the text stands on its own. Pure.
 */
export function readFollowUp(asked: Asked, context: ThreadContext, homeIndex: HomeIndex): FollowUp | undefined {
  const last = onTodays(context.plan, asked.moment.todays);
  if (last.kind === 'which_home' || last.kind === 'unknown_home') return chosenHome(asked, last, homeIndex);
  return (
    neighbouringDay(asked, last) ??
    everyHome(asked, last) ??
    changedPart(asked, last, homeIndex) ??
    narrowedPlan(asked, last) ??
    aboutTheGuest(asked, last) ??
    changedForm(asked, last) ??
    aboutTheHome(asked, last, homeIndex) ??
    changedClass(asked, last)
  );
}

/** A thread read on after midnight still speaks of the days it spoke of. */
function onTodays(plan: Plan, todays: readonly string[]): Plan {
  if (!('when' in plan) || !plan.when) return plan;
  const { byToday } = plan.when;
  const [anyRange] = Object.values(byToday);
  const ranges = todays.flatMap(today => {
    const range = byToday[today] ?? anyRange;
    return range ? [[today, range] as const] : [];
  });
  const when: When = { ...plan.when, byToday: Object.fromEntries(ranges) };
  return { ...plan, when };
}
