import { redact } from '@innkeeper/shared/redaction/redact';
import * as z from 'zod/mini';
import type { Passage } from './passage.ts';
import { answerPromptV1 } from './prompts/answer-v1.ts';

/**
 * What the model is asked and in which form it must answer. Sources are numbered data, never instructions; the call
 * has no tools and carries no secrets. Pure.
 */
export const ModelClaim = z.object({
  claim: z.string().check(z.maxLength(600), z.describe('one statement that answers the question')),
  sourceId: z.int().check(z.describe('number of the source the statement stands in')),
  quote: z.string().check(z.maxLength(600), z.describe('the words of that source, copied exactly')),
});
export type ModelClaim = z.infer<typeof ModelClaim>;

export const ModelAnswer = z.object({
  answerable: z.boolean().check(z.describe('false when the sources do not answer the question')),
  claims: z.array(ModelClaim).check(z.maxLength(6)),
});
export type ModelAnswer = z.infer<typeof ModelAnswer>;

/** Reasoning counts too: `low` effort takes some hundred tokens, six claims with quotes about 900. */
export const ANSWER_TOKENS_MAX = 2_000;
/** A prompt of this many characters is about 3,500 tokens: one question in seconds, a dozen a minute in quota. */
const SOURCES_CHARACTERS_MAX = 12_000;
const QUESTION_CHARACTERS_MAX = 1_000;

export interface Prompt {
  /** Name and version. */
  readonly id: string;
  readonly system: string;
  readonly user: string;
  /** The passages that found room, in the order of their numbers from 1. */
  readonly passages: readonly Passage[];
}

export function composePrompt(question: string, passages: readonly Passage[]): Prompt {
  const fitting: Passage[] = [];
  const blocks: string[] = [];
  let size = 0;
  for (const passage of passages) {
    const text = inert(passage.text);
    const about = inert(passage.about).replace(/"/gu, '“');
    const block = answerPromptV1.source(fitting.length + 1, about, text);
    if (size + block.length > SOURCES_CHARACTERS_MAX) break;
    size += block.length;
    fitting.push({ ...passage, text }); // as the model read it, so that its quotes compare
    blocks.push(block);
  }
  const asked = inert(redact(question).slice(0, QUESTION_CHARACTERS_MAX));
  const { id, system, user } = answerPromptV1;
  return { id, system, user: user(blocks, asked), passages: fitting };
}

/** A source cannot close its own bracket and speak as us. */
export const inert = (text: string): string => text.replace(/</gu, '‹').replace(/>/gu, '›');
