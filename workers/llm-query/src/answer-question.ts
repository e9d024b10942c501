import type { Answer } from '@innkeeper/shared/domain/answer';
import type { Plan, ThreadContext } from '@innkeeper/shared/domain/plan';
import type { Question, Scope } from '@innkeeper/shared/domain/question';
import type { LanguageModel } from '@innkeeper/shared/ports/language-model';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { AllowedModel } from './allowance/allowed-model.ts';
import { USED_UP_WORDS } from './allowance/used-up-words.ts';
import { answerAboutHome } from './answer-about-home.ts';
import { answerBySearch } from './answer-by-search.ts';
import { answerOpenPart } from './answer-open-part.ts';
import type { Links, Rendering } from './compose/draft.ts';
import { finishAnswer } from './compose/finish-answer.ts';
import { FIXED } from './compose/fixed-words.ts';
import { renderNotHere, renderUnclear } from './compose/render-fixed.ts';
import { planTimeoutMs } from './deadline.ts';
import { daysAnywhere, homesAt } from './evaluate/homes.ts';
import type { FreeAnswer } from './free-text/answer-free-text.ts';
import { hiddenFrom } from './permission/hidden-from.ts';
import { planByModel } from './plan-by-model/plan-by-model.ts';
import { combineUses } from './prompted-use.ts';
import { readParts } from './read-parts.ts';
import { renderPlan } from './render-plan.ts';
import type { readListings } from './retrieve/read-records.ts';
import { readSnapshot } from './retrieve/read-snapshot.ts';
import type { RetrievalError } from './retrieve/retrieval-error.ts';
import type { RetrievalPorts } from './retrieve/retrieve.ts';
import { type UnderstandInput, understand } from './understand/understand.ts';

/**
 * One question to one answer: understand, retrieve, evaluate, compose. I/O through the ports; nothing is posted or
 * stored here, so doing it twice does no harm.
 */
export interface AnswerPorts extends RetrievalPorts {
  readonly model: LanguageModel & Partial<AllowedModel>;
  readonly now: () => number;
  readonly links: Links;
  readonly botUsername: string;
  readonly botUserId: string;
  /** Words that start a question, taken off before it is read. */
  readonly words: readonly string[];
}

export interface Answered {
  readonly plan: Plan;
  readonly answer: Answer;
  readonly model?: FreeAnswer['model'];
  /** Milliseconds since the epoch at each step's end. */
  readonly stepEnds: Readonly<Record<string, number>>;
}

export interface QuestionToAnswer {
  readonly question: Question;
  readonly scope: Exclude<Scope, 'none'>;
  readonly context?: ThreadContext;
  /** Milliseconds since the epoch; see `deadline.ts`. */
  readonly deadline: number;
  /** Being read already, beside whatever else a question needs first. */
  readonly listings: ReturnType<typeof readListings>;
}

export async function answerQuestion(
  asked: QuestionToAnswer,
  ports: AnswerPorts,
): Promise<Result<Answered, RetrievalError>> {
  const stepEnds: Record<string, number> = {};
  const listings = await asked.listings;
  if (!listings.ok) return listings;
  stepEnds.listings = ports.now();

  const homes = homesAt(listings.value, Date.parse(asked.question.askedAt));
  const input: UnderstandInput = {
    text: asked.question.text,
    askedAt: asked.question.askedAt,
    homes: listings.value
      .filter(record => !record.deleted)
      .map(({ facts: { listingId, nickname, title, address, city, timezone } }) => ({
        listingId,
        timezone,
        ...(nickname === undefined ? {} : { nickname }),
        ...(title === undefined ? {} : { title }),
        ...(address === undefined ? {} : { address }),
        ...(city === undefined ? {} : { city }),
      })),
    words: [`@${ports.botUsername}`, ...ports.words],
    ...(asked.context === undefined ? {} : { context: asked.context }),
  };
  const understood = understand(input);
  stepEnds.understand = ports.now();
  const parts = readParts(input, understood);
  const { plan, use } = parts
    ? { plan: parts.known }
    : await planByModel(input, understood, {
        model: ports.model,
        log: ports.log,
        planTimeoutMs: () => planTimeoutMs(ports.now(), asked.deadline),
      });
  stepEnds.plan = ports.now();

  const rendering: Rendering = {
    homes,
    scope: asked.scope,
    thisYear: asked.question.askedAt.slice(0, 4),
    links: ports.links,
  };
  const decided = await composeFor(plan, asked, rendering, ports, stepEnds);
  if (!decided.ok) return decided;
  const composed = parts ? await answerOpenPart(parts, decided.value, asked, rendering, ports, stepEnds) : decided;
  if (!composed.ok) return composed;
  stepEnds.compose = ports.now();
  const { draft, author, readAtMs, remarks = [] } = composed.value;
  const model = combineUses([use ?? [], composed.value.model ?? []].flat());
  return ok({
    plan,
    answer: finishAnswer({
      draft,
      homes,
      readAtMs,
      author,
      remarks: [...(author === 'code_model_unavailable' ? [modelAway(ports)] : []), ...remarks],
    }),
    ...(model === undefined ? {} : { model }),
    stepEnds,
  });
}

function modelAway({ model }: AnswerPorts): string {
  const whose = model.usedUpBy?.();
  return whose === undefined ? FIXED.modelUnavailable : USED_UP_WORDS[whose];
}

export type Composed = FreeAnswer & { readonly readAtMs: number; readonly remarks?: readonly string[] };

async function composeFor(
  plan: Plan,
  asked: QuestionToAnswer,
  rendering: Rendering,
  ports: AnswerPorts,
  stepEnds: Record<string, number>,
): Promise<Result<Composed, RetrievalError>> {
  // "Nobody" may be said only of days that were looked at.
  if ('when' in plan && plan.when !== undefined && daysAnywhere(plan.when, rendering.homes) === undefined) {
    return ok({ draft: renderUnclear(), author: 'code', readAtMs: ports.now() });
  }
  const hidden = hiddenFrom(plan, asked.scope);
  if (hidden !== undefined) return ok({ draft: renderNotHere(hidden), author: 'code', readAtMs: ports.now() });

  if (plan.kind === 'search' || plan.kind === 'home') {
    const known = plan.kind === 'home' ? answerAboutHome(plan, rendering) : undefined;
    if (known !== undefined) return ok({ draft: known, author: 'code', readAtMs: ports.now() });
    return answerBySearch(plan, asked, rendering, ports, stepEnds);
  }
  const snapshot = await readSnapshot(plan, rendering, ports);
  if (!snapshot.ok) return snapshot;
  stepEnds.retrieve = ports.now();
  return ok({ draft: renderPlan(plan, snapshot.value, rendering), author: 'code', readAtMs: ports.now() });
}
