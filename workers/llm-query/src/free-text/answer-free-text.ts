import type { Answer } from '@innkeeper/shared/domain/answer';
import type { Log } from '@innkeeper/shared/log/log';
import type { LanguageModel } from '@innkeeper/shared/ports/language-model';
import type { Draft } from '../compose/draft.ts';
import { renderDontKnow, renderQuotes } from '../compose/render-quotes.ts';
import type { Extract } from './extract.ts';
import { extractFor } from './extract.ts';
import type { Passage } from './passage.ts';
import type { ModelAnswer } from './prompt.ts';
import { ANSWER_TOKENS_MAX, composePrompt, ModelAnswer as ModelAnswerSchema } from './prompt.ts';
import { verifyClaim } from './verify-claims.ts';

/**
 * A free question: the model chooses quotes, code checks each and writes the rest. Whatever the model does, what is
 * posted stands word for word in a record. I/O: one model call, within the time given.
 */
export interface FreeQuestion {
  readonly text: string;
  readonly passages: readonly Passage[];
  /** Names of every home of the company. */
  readonly homeNames: readonly string[];
  /** Names of the homes the question is narrowed to, and of the guests whose records were found. */
  readonly settledNames: readonly string[];
  /** What was searched, for an honest "I don't know". */
  readonly searched: string;
}

export interface FreeAnswer {
  readonly draft: Draft;
  readonly author: Answer['author'];
  readonly model?: { readonly id: string; readonly tokensIn: number; readonly tokensOut: number };
}

export async function answerFreeText(
  question: FreeQuestion,
  ports: { readonly model: LanguageModel; readonly log: Log; readonly modelTimeoutMs: () => number | undefined },
): Promise<FreeAnswer> {
  const extracts = extractFor(question.text, question.passages, question.settledNames);
  if (question.passages.length === 0) {
    return { draft: renderDontKnow(question.searched, []), author: 'code' };
  }
  const prompt = composePrompt(question.text, question.passages);
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
    return { draft: byCode(extracts, question.searched), author: 'code_model_unavailable' };
  }

  const { value, tokensIn, tokensOut } = asked.value;
  const model = { id: ports.model.id, tokensIn, tokensOut };
  const verified = verify(value, prompt.passages, question, ports.log);
  if (verified.length > 0) return { draft: renderQuotes(verified, 'model'), author: 'model', model };
  // Nothing it said can be shown. Where it says the sources do not answer, code's finds are no more than close.
  if (!value.answerable) return { draft: renderDontKnow(question.searched, extracts), author: 'code', model };
  return { draft: byCode(extracts, question.searched), author: 'code', model };
}

function byCode(extracts: readonly Extract[], searched: string): Draft {
  return extracts.length === 0 ? renderDontKnow(searched, []) : renderQuotes(extracts, 'code');
}

function verify(value: ModelAnswer, passages: readonly Passage[], question: FreeQuestion, log: Log): Extract[] {
  const evidence = { passages, homeNames: question.homeNames, question: question.text };
  const quotes = new Map<string, Extract>();
  for (const claim of value.answerable ? value.claims : []) {
    const verdict = verifyClaim(claim, evidence);
    if (verdict.kind === 'verified') {
      quotes.set(`${verdict.passage.key} ${verdict.quote}`, { passage: verdict.passage, quote: verdict.quote });
    } else {
      log.warn('claim.dropped', { reason: verdict.reason });
    }
  }
  return [...quotes.values()];
}
