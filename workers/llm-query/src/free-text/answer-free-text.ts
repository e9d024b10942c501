import type { Answer } from '@innkeeper/shared/domain/answer';
import type { Log } from '@innkeeper/shared/log/log';
import type { LanguageModel } from '@innkeeper/shared/ports/language-model';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { Draft } from '../compose/draft.ts';
import { renderDontKnow, renderNotRecorded, renderQuotes } from '../compose/render-quotes.ts';
import type { PromptedUse } from '../prompted-use.ts';
import type { RetrievalError } from '../retrieve/retrieval-error.ts';
import type { Extract } from './extract.ts';
import { extractFor } from './extract.ts';
import { asksForNewest, newestFirst } from './newest-first.ts';
import type { Passage } from './passage.ts';
import type { ModelAnswer } from './prompt.ts';
import { ANSWER_TOKENS_MAX, composePrompt, ModelAnswer as ModelAnswerSchema } from './prompt.ts';
import { type Evidence, verifyClaim } from './verify-claims.ts';
import { whoseWords } from './whose-words.ts';

/**
 * A free question: the model chooses quotes, code checks each and writes the rest. Whatever the model does, what is
 * posted stands word for word in a record or a chat message. I/O: one model call within the time given, and what
 * `stillStanding` does.
 */
export interface FreeQuestion {
  readonly text: string;
  readonly passages: readonly Passage[];
  /** Names of every home of the company. */
  readonly homeNames: readonly string[];
  /** Names of the guests whose bookings were found. */
  readonly guests: readonly string[];
  /** It asks certain guests' words only. */
  readonly isOfGuests: boolean;
  /** What the search is narrowed to already, as said: homes, rooms, days. */
  readonly settled: readonly string[];
  /** What was searched, for an honest "I don't know". */
  readonly searched: string;
  /** Its words where it is only a part of what was asked: the other part has been answered. */
  readonly part?: string;
}

export interface FreeAnswer {
  readonly draft: Draft;
  readonly author: Answer['author'];
  readonly model?: PromptedUse;
}

export interface FreeTextPorts {
  readonly model: LanguageModel;
  readonly log: Log;
  readonly modelTimeoutMs: () => number | undefined;
  /** Those of the chosen quotes that still stand where they were read. */
  readonly stillStanding: (quotes: readonly Extract[]) => Promise<Result<readonly Extract[], RetrievalError>>;
}

export async function answerFreeText(
  question: FreeQuestion,
  ports: FreeTextPorts,
): Promise<Result<FreeAnswer, RetrievalError>> {
  const { quotes, as, ...by } = await chooseQuotes(question, ports);
  const standing = await ports.stillStanding(quotes);
  if (!standing.ok) return standing;
  const draft =
    as === 'closest' || standing.value.length === 0
      ? question.part === undefined
        ? renderDontKnow(question.searched, standing.value)
        : renderNotRecorded(question.part, question.searched)
      : renderQuotes(standing.value, as);
  return ok({ ...by, draft });
}

interface Chosen extends Omit<FreeAnswer, 'draft'> {
  readonly quotes: readonly Extract[];
  /** Who chose them; `closest` where nothing answers the question. */
  readonly as: 'model' | 'code' | 'closest';
}

async function chooseQuotes(question: FreeQuestion, ports: FreeTextPorts): Promise<Chosen> {
  const { text, passages, homeNames } = question;
  const whose = whoseWords(text, passages, question);
  const extracts = extractFor({ question: text, settled: question.settled, whose }, passages);
  if (passages.length === 0) return { quotes: [], as: 'closest', author: 'code' };
  const prompt = composePrompt(text, passages);
  const timeoutMs = ports.modelTimeoutMs();
  const asked =
    timeoutMs === undefined
      ? ({ ok: false, error: { kind: 'timeout', detail: 'no time left' } } as const)
      : await ports.model.complete<ModelAnswer>({
          system: prompt.system,
          user: prompt.user,
          schemaName: 'answer',
          schema: ModelAnswerSchema,
          maxTokens: ANSWER_TOKENS_MAX,
          timeoutMs,
        });
  if (!asked.ok) {
    ports.log.warn('model.failed', { kind: asked.error.kind, detail: asked.error.detail });
    return { quotes: extracts, as: 'code', author: 'code_model_unavailable' };
  }

  const { value, ...use } = asked.value;
  const model = { ...use, prompts: [prompt.id] };
  const verified = verify(
    value,
    { passages: prompt.passages, homeNames, question: text, mayQuote: whose.mayQuote },
    ports.log,
  );
  if (verified.length > 0) return { quotes: verified, as: 'model', author: 'model', model };
  // Nothing it said can be shown. Where it says the sources do not answer, code's finds are no more than close.
  return { quotes: extracts, as: value.answerable ? 'code' : 'closest', author: 'code', model };
}

function verify(value: ModelAnswer, evidence: Evidence, log: Log): Extract[] {
  const quotes: Extract[] = [];
  for (const claim of value.answerable ? value.claims : []) {
    const verdict = verifyClaim(claim, evidence);
    if (verdict.kind === 'verified') quotes.push({ passage: verdict.passage, quote: verdict.quote });
    else log.warn('claim.dropped', { reason: verdict.reason });
  }
  const chosen = withoutRepeats(quotes);
  return asksForNewest(evidence.question) ? newestFirst(chosen, ({ passage }) => passage.saidAt) : chosen;
}

/** A document's quotes stand together; what stands in another quote of it is said once. */
function withoutRepeats(quotes: readonly Extract[]): Extract[] {
  const byDocument = Map.groupBy(quotes, ({ passage }) => passage.key);
  return [...byDocument.values()].flatMap(together =>
    together.filter(({ quote }, at) =>
      together.every((other, place) => {
        const isInside = other.quote.includes(quote) && (other.quote.length > quote.length || place < at);
        return place === at || !isInside;
      }),
    ),
  );
}
