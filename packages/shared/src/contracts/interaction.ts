import * as z from 'zod/mini';
import { SourceRef } from '../domain/answer.ts';
import { Plan } from '../domain/plan.ts';
import { Scope } from '../domain/question.ts';

/** One question with its answer: document `interactions/<message id>`. Texts are redacted before they get here. */
export const Interaction = z.object({
  v: z.literal(1),
  messageId: z.string(),
  roomId: z.string(),
  roomType: z.enum(['public', 'private', 'direct']),
  threadId: z.optional(z.string()),
  askerId: z.string(),
  scope: Scope,
  question: z.string(),
  askedAt: z.string(),
  plan: Plan,
  answer: z.string(),
  sources: z.array(SourceRef),
  author: z.enum(['code', 'model', 'code_model_unavailable']),
  /** Milliseconds from acceptance to each step's end. */
  timings: z.record(z.string(), z.number()),
  /** What the models took for it, all calls together; `id` is the one that was asked last. */
  model: z.optional(
    z.object({
      id: z.string(),
      tokensIn: z.int(),
      tokensOut: z.int(),
      tokensCached: z.optional(z.int()),
      /** Millionths of a US dollar; absent where a price was not known. */
      costMicroUsd: z.optional(z.int()),
      /** Names of the prompts, with their versions. */
      prompts: z.optional(z.array(z.string())),
    }),
  ),
  answeredAt: z.string(),
  /** Chat messages that carry the answer, first part first. */
  answerMessageIds: z.optional(z.array(z.string())),
  /** How people reacted to the answer, whole each time; written by whoever follows the chat. */
  feedback: z.optional(z.object({ version: z.int(), up: z.array(z.string()), down: z.array(z.string()) })),
  /** Times the question was edited and answered again. */
  revision: z.int().check(z.nonnegative()),
});
export type Interaction = z.infer<typeof Interaction>;
