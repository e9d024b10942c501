import type { Scope } from '@innkeeper/shared/domain/question';
import type { Homes } from '../evaluate/homes.ts';
import type { DecidedPlan } from '../render-plan.ts';
import { daysFromToday } from './briefing-days.ts';
import type { BriefingKind } from './schedule.ts';

/** What a briefing tells, as the plans that questions have, in the order of a working day. Pure. */
export interface BriefingSection {
  readonly plan: DecidedPlan;
  /** Left out when there is nothing; the others say so. */
  readonly isSilentWhenEmpty: boolean;
}

const said = (plan: BriefingSection['plan']): BriefingSection => ({ plan, isSilentWhenEmpty: false });
const ifAny = (plan: BriefingSection['plan']): BriefingSection => ({ plan, isSilentWhenEmpty: true });

/** A room for operations hears of homes, dates, times and tasks: nothing of messages and calls. */
export function briefingSections(
  kind: BriefingKind,
  scope: Exclude<Scope, 'none'>,
  homes: Homes,
): readonly BriefingSection[] {
  const all = { homes: [], form: 'list' as const };
  const when = kind === 'morning' ? daysFromToday(homes, 0, 0, 'today') : daysFromToday(homes, 1, 1, 'tomorrow');
  const movements = [
    said({ kind: 'arrivals', when, ...all }),
    said({ kind: 'departures', when, ...all }),
    ifAny({ kind: 'turnovers', when, ...all }),
    ifAny({ kind: 'readiness', when, homes: [] }),
  ];
  if (kind === 'evening' || scope === 'operations') return movements;
  return [
    ...movements,
    said({ kind: 'unanswered', ...all }),
    said({ kind: 'calls', when: daysFromToday(homes, -1, 0, 'yesterday and today'), filter: 'missed', form: 'list' }),
  ];
}
