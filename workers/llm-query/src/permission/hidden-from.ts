import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Scope } from '@innkeeper/shared/domain/question';

/** What a plan asks for and a room for operations is not told, in words for a kind sentence; undefined where it may. Pure. */
export function hiddenFrom(plan: Plan, scope: Exclude<Scope, 'none'>): string | undefined {
  if (scope === 'full') return undefined;
  if (plan.kind === 'calls') return 'Calls';
  if (plan.kind === 'unanswered') return 'Guest messages';
  if (plan.kind === 'search' && plan.kinds.length > 0 && plan.kinds.every(kind => TALK.has(kind))) {
    return 'Messages and calls';
  }
  return undefined;
}

const TALK: ReadonlySet<string> = new Set(['guest-message', 'call', 'text-message', 'contact', 'chat-message']);
