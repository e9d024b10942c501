import type { Interaction } from '@innkeeper/shared/contracts/interaction';
import type { SourceRef } from '@innkeeper/shared/domain/answer';
import type { Plan } from '@innkeeper/shared/domain/plan';
import { Plan as PlanSchema } from '@innkeeper/shared/domain/plan';
import type { Question } from '@innkeeper/shared/domain/question';
import { redact } from '@innkeeper/shared/redaction/redact';
import { answerMessageId } from '../answer-message-id.ts';
import type { Answered } from '../answer-question.ts';
import type { PromptedUse } from '../prompted-use.ts';

/** Milliseconds since the epoch, and how often the question was edited. */
export interface Course {
  readonly acceptedAt: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly revision: number;
}

/** A question with its answer as history keeps it: redacted, and without a word of what colleagues wrote. Pure. */
export async function interactionOf(
  question: Question,
  scope: Interaction['scope'],
  { plan, answer, model, stepEnds }: Answered,
  { acceptedAt, startedAt, endedAt, revision }: Course,
): Promise<Interaction> {
  const ends = { start: startedAt, ...stepEnds };
  return {
    v: 1,
    messageId: question.messageId,
    roomId: question.roomId,
    roomType: question.roomType,
    ...(question.threadId === undefined ? {} : { threadId: question.threadId }),
    askerId: question.askerId,
    scope,
    question: redact(question.text),
    askedAt: question.askedAt,
    plan: redactedPlan(plan),
    answer: quotesChat(answer) ? CHAT_NOT_KEPT : redact(answer.parts.join('\n')),
    sources: answer.sources.map(source => (isChat(source) ? { key: source.key, label: 'chat message' } : source)),
    author: answer.author,
    timings: Object.fromEntries(Object.entries(ends).map(([step, at]) => [step, at - acceptedAt])),
    ...(model === undefined ? {} : { model: modelOf(model) }),
    answeredAt: new Date(endedAt).toISOString(),
    answerMessageIds: await Promise.all(answer.parts.map((_, part) => answerMessageId(question.messageId, part))),
    revision,
  };
}

const modelOf = ({ model, prompts, ...tokens }: PromptedUse): NonNullable<Interaction['model']> => ({
  id: model,
  ...tokens,
  prompts: [...prompts],
});

/** A copy here would outlive the message it quotes, and be read by whoever may read the question's room later. */
const CHAT_NOT_KEPT = '(quotes the team chat; the words stand there only)';

/** What colleagues wrote can be deleted or corrected at any time. */
export const quotesChat = ({ sources }: { readonly sources: readonly SourceRef[] }): boolean => sources.some(isChat);
const isChat = ({ key }: SourceRef): boolean => key.startsWith('chat-message:');

/** Plans repeat words of the question. */
function redactedPlan(plan: Plan): Plan {
  return PlanSchema.parse(
    JSON.parse(JSON.stringify(plan), (_key, value: unknown) => (typeof value === 'string' ? redact(value) : value)),
  );
}
