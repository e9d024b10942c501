import type { ListingId } from '@innkeeper/shared/domain/ids';
import { type Plan, Plan as PlanSchema, type When } from '@innkeeper/shared/domain/plan';
import type { Moment } from '../understand/asked.ts';
import { findNamedHomes, findPartlyNamedHome } from '../understand/homes/find-homes.ts';
import type { HomeIndex } from '../understand/homes/home-index.ts';
import { foldText, tokenise } from '../understand/tokens.ts';
import { draftPlan, useOf } from './draft-plan.ts';
import type { ModelPlan } from './model-plan.ts';
import { whenOfReply } from './when-of-reply.ts';

/**
 * A model's reply as a plan, or why it is none. The reply is input like any other: a name that the question does not
 * hold, a home nobody has, days that do not exist or a choice that is missing make it worthless. Pure.
 */
export type ReplyVerdict =
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** The model says that no kind fits. */
  | { readonly kind: 'none' }
  | { readonly kind: 'dropped'; readonly reason: DropReason };

export type DropReason = 'name_not_in_question' | 'unknown_home' | 'days_not_readable' | 'incomplete';

export interface Surroundings {
  /** As the model read it. */
  readonly question: string;
  readonly moment: Moment;
  readonly homeIndex: HomeIndex;
}

const dropped = (reason: DropReason): ReplyVerdict => ({ kind: 'dropped', reason });

export function planOfReply(reply: ModelPlan, { question, moment, homeIndex }: Surroundings): ReplyVerdict {
  if (reply.kind === 'none') return { kind: 'none' };
  const names = [...reply.homes, ...(reply.guest === null ? [] : [reply.guest])];
  if (!names.every(name => standsIn(question, name))) return dropped('name_not_in_question');

  const homes: ListingId[] = [];
  for (const words of reply.homes) {
    const { ids, meansAll } = homesCalled(words, homeIndex);
    if (ids.length === 0) return dropped('unknown_home');
    if (ids.length > 1 && !meansAll) {
      return { kind: 'plan', plan: { kind: 'which_home', words, choices: [...ids], question } };
    }
    homes.push(...ids);
  }

  const when = whenSaid(reply, question, moment);
  if (when === 'unreadable') return dropped('days_not_readable');
  const today: When = {
    words: '',
    byToday: Object.fromEntries(moment.todays.map(date => [date, { from: date, to: date }])),
  };
  const plan = PlanSchema.safeParse(draftPlan(reply, { homes: [...new Set(homes)], when, today }));
  return plan.success ? { kind: 'plan', plan: plan.data } : dropped('incomplete');
}

/** Nothing where the question does not say when. */
function whenSaid(reply: ModelPlan, question: string, moment: Moment): When | undefined | 'unreadable' {
  if (reply.when === null) return undefined;
  const when = whenOfReply(reply.when, moment, useOf(reply));
  if (when === undefined) return 'unreadable';
  return standsIn(question, when.words) ? when : { ...when, words: '' };
}

/** Case, accents and spaces do not matter; a name that does not stand there was made up. */
function standsIn(question: string, name: string): boolean {
  const flat = (text: string): string => foldText(text).replace(/\s+/gu, ' ').trim();
  return flat(name) !== '' && flat(question).includes(flat(name));
}

function homesCalled(words: string, index: HomeIndex): { ids: readonly ListingId[]; meansAll: boolean } {
  const tokens = tokenise(words);
  const [mention = findPartlyNamedHome(tokens, 0, tokens.length, index)] = findNamedHomes(tokens, index);
  return { ids: mention?.listingIds ?? [], meansAll: mention?.meaning === 'all_of' };
}
