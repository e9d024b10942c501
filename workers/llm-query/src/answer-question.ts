import type { Answer } from '@innkeeper/shared/domain/answer';
import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { Plan, ThreadContext } from '@innkeeper/shared/domain/plan';
import type { Question, Scope } from '@innkeeper/shared/domain/question';
import type { LanguageModel } from '@innkeeper/shared/ports/language-model';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { answerAboutHome } from './answer-about-home.ts';
import type { Draft, Links, Rendering } from './compose/draft.ts';
import { finishAnswer } from './compose/finish-answer.ts';
import { FIXED } from './compose/fixed-words.ts';
import { renderNotHere, renderUnclear } from './compose/render-fixed.ts';
import { modelTimeoutMs } from './deadline.ts';
import { allBookings } from './evaluate/bookings.ts';
import { daysAnywhere, homesAt } from './evaluate/homes.ts';
import type { Snapshot } from './evaluate/snapshot.ts';
import type { FreeAnswer } from './free-text/answer-free-text.ts';
import { answerFreeText } from './free-text/answer-free-text.ts';
import { passagesOf } from './free-text/passage.ts';
import { renderPlan } from './render-plan.ts';
import type { readListings } from './retrieve/read-records.ts';
import type { RetrievalError } from './retrieve/retrieval-error.ts';
import type { RetrievalPorts } from './retrieve/retrieve.ts';
import { freeSearchOf, retrieve, searchRecords } from './retrieve/retrieve.ts';
import { understand } from './understand/understand.ts';

/**
 * One question to one answer: understand, retrieve, evaluate, compose. I/O through the ports; nothing is posted or
 * stored here, so doing it twice does no harm.
 */
export interface AnswerPorts extends RetrievalPorts {
  readonly model: LanguageModel;
  readonly now: () => number;
  readonly links: Links;
  readonly botUsername: string;
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
  const plan = understand({
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
  });
  stepEnds.understand = ports.now();

  const rendering: Rendering = {
    homes,
    scope: asked.scope,
    thisYear: asked.question.askedAt.slice(0, 4),
    links: ports.links,
  };
  const composed = await composeFor(plan, asked, rendering, ports, stepEnds);
  if (!composed.ok) return composed;
  stepEnds.compose = ports.now();
  const { draft, author, model, readAtMs } = composed.value;
  return ok({
    plan,
    answer: finishAnswer({
      draft,
      homes,
      readAtMs,
      author,
      remarks: author === 'code_model_unavailable' ? [FIXED.modelUnavailable] : [],
    }),
    ...(model === undefined ? {} : { model }),
    stepEnds,
  });
}

type Composed = FreeAnswer & { readonly readAtMs: number };

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
  if (hidden !== undefined) return ok({ draft: hidden, author: 'code', readAtMs: ports.now() });

  if (plan.kind === 'search' || plan.kind === 'home') {
    const known = plan.kind === 'home' ? answerAboutHome(plan, rendering) : undefined;
    if (known !== undefined) return ok({ draft: known, author: 'code', readAtMs: ports.now() });
    return answerBySearch(plan, asked, rendering, ports, stepEnds);
  }
  const records = await retrieve(plan, rendering.homes, ports);
  if (!records.ok) return records;
  stepEnds.retrieve = ports.now();
  const snapshot = snapshotOf(records.value, rendering);
  return ok({ draft: renderPlan(plan, snapshot, rendering), author: 'code', readAtMs: ports.now() });
}

/** What a room for operations is not told, as a kind sentence instead of an empty list. */
function hiddenFrom(plan: Plan, scope: Exclude<Scope, 'none'>): Draft | undefined {
  if (scope === 'full') return undefined;
  if (plan.kind === 'calls') return renderNotHere('Calls');
  if (plan.kind === 'search' && plan.kinds.length > 0 && plan.kinds.every(kind => TALK.has(kind))) {
    return renderNotHere('Messages and calls');
  }
  return undefined;
}
const TALK: ReadonlySet<string> = new Set(['guest-message', 'call', 'text-message', 'contact']);

async function answerBySearch(
  plan: Extract<Plan, { kind: 'search' | 'home' }>,
  asked: QuestionToAnswer,
  rendering: Rendering,
  ports: AnswerPorts,
  stepEnds: Record<string, number>,
): Promise<Result<Composed, RetrievalError>> {
  const search = freeSearchOf(plan, rendering.homes, asked.scope);
  const found = await searchRecords(search, ports);
  if (!found.ok) return err(found.error);
  const readAtMs = ports.now();
  stepEnds.retrieve = readAtMs;
  const settledHomes = search.homes.map(id => rendering.homes.home(id).name);
  const bookings = allBookings(snapshotOf(found.value.all, rendering));
  const passages = passagesOf(found.value.cited, {
    homes: rendering.homes,
    bookings,
    thisYear: rendering.thisYear,
    full: asked.scope === 'full',
  });
  const answer = await answerFreeText(
    {
      text: asked.question.text,
      passages,
      homeNames: rendering.homes.all.map(home => home.name),
      settledNames: [...settledHomes, ...bookings.flatMap(booking => booking.guest?.full ?? [])],
      searched: searchedInWords(search.kinds, settledHomes),
    },
    { model: ports.model, log: ports.log, modelTimeoutMs: () => modelTimeoutMs(ports.now(), asked.deadline) },
  );
  stepEnds.model = ports.now();
  return ok({ ...answer, readAtMs });
}

const snapshotOf = (records: readonly BusinessRecord[], { homes }: Rendering): Snapshot => ({ homes, records });

const KIND_WORDS: Readonly<Record<string, string>> = {
  reservation: 'bookings',
  listing: 'descriptions of homes',
  'guest-message': 'guest messages',
  task: 'tasks',
  call: 'notes on calls',
  'text-message': 'text messages',
};

function searchedInWords(kinds: readonly string[], homes: readonly string[]): string {
  const words = kinds.flatMap(kind => KIND_WORDS[kind] ?? []);
  return `${words.join(', ')}${homes.length === 0 ? '' : ` about ${homes.join(', ')}`}`;
}
