import { Interaction } from '@innkeeper/shared/contracts/interaction';
import type { ThreadContext } from '@innkeeper/shared/domain/plan';
import { Plan as PlanSchema } from '@innkeeper/shared/domain/plan';
import type { Question } from '@innkeeper/shared/domain/question';
import * as z from 'zod/mini';
import type { AnswerPorts } from '../answer-question.ts';
import { answerQuestion } from '../answer-question.ts';
import { FIXED } from '../compose/fixed-words.ts';
import { answerBy } from '../deadline.ts';
import { readListings } from '../retrieve/read-records.ts';
import type { AssistantScopes } from '../scopes.ts';
import { scopeOf } from '../scopes.ts';
import { answerThread } from './conversation-key.ts';
import { interactionOf } from './interaction-of.ts';
import type { OfferedQuestion } from './offered-question.ts';
import type { RoomTypes } from './room-types.ts';

/**
 * What to say to an accepted question, ready to be kept, posted and stored; or silence. I/O through ports; posts and
 * stores nothing itself.
 */
export const Reply = z.object({
  roomId: z.string(),
  threadId: z.optional(z.string()),
  /** False where the bot could not look at the room: then a refusal to post there is final. */
  isRoomKnown: z.boolean(),
  parts: z.array(z.string()),
  /** Absent for the fixed sentence of a room that is not enabled: nothing was asked of the data. */
  interaction: z.optional(Interaction),
  plan: z.optional(PlanSchema),
});
export type Reply = z.infer<typeof Reply>;

export type ReplyOutcome =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** Livechat, rooms of other kinds, direct messages of others, and follow-ups where it is not enabled any more. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'not_now'; readonly reason: string; readonly detail: string };

export interface ReplyPorts extends AnswerPorts {
  readonly roomTypes: RoomTypes;
  readonly scopes: AssistantScopes;
}

export interface ReplyTo {
  readonly offered: OfferedQuestion;
  readonly context: ThreadContext | undefined;
  /** From 1. */
  readonly attempt: number;
  readonly revision: number;
}

export async function composeReply(to: ReplyTo, ports: ReplyPorts): Promise<ReplyOutcome> {
  const { utterance, by } = to.offered;
  const startedAt = ports.now();
  const listings = readListings(ports);
  const room = await ports.roomTypes(utterance.roomId, utterance.roomName !== undefined);
  if (!room.ok) return { kind: 'not_now', reason: 'chat_unavailable', detail: room.error.detail };
  const { type: roomType, isKnown: isRoomKnown } = room.value;
  if (roomType === 'livechat' || roomType === 'other') return { kind: 'silence' };
  // Others talk there among themselves: their words are for no search and no model.
  if (roomType === 'direct' && !isRoomKnown) return { kind: 'silence' };

  const scope = scopeOf({ ...utterance, roomType }, ports.scopes);
  const threadId = answerThread(utterance, roomType);
  const place = { roomId: utterance.roomId, isRoomKnown, ...(threadId === undefined ? {} : { threadId }) };
  if (scope === 'none') {
    if (by === 'follow_up') return { kind: 'silence' };
    return { kind: 'reply', reply: { ...place, parts: [FIXED.notEnabled] } };
  }

  const question: Question = {
    messageId: utterance.messageId,
    roomId: utterance.roomId,
    ...(utterance.roomName === undefined ? {} : { roomName: utterance.roomName }),
    roomType,
    ...(utterance.threadId === undefined ? {} : { threadId: utterance.threadId }),
    askerId: utterance.askerId,
    askerName: utterance.askerName,
    text: to.offered.question,
    askedAt: utterance.askedAt,
    edited: utterance.edited,
  };
  const answered = await answerQuestion(
    {
      question,
      scope,
      ...(to.context === undefined ? {} : { context: to.context }),
      deadline: answerBy(to.offered.acceptedAt, startedAt, to.attempt),
      listings,
    },
    ports,
  );
  if (!answered.ok && answered.error.kind === 'too_many') {
    return { kind: 'reply', reply: { ...place, parts: [tooMany] } };
  }
  if (!answered.ok) return { kind: 'not_now', reason: `read_${answered.error.kind}`, detail: answered.error.detail };
  const interaction = await interactionOf(question, scope, answered.value, {
    acceptedAt: to.offered.acceptedAt,
    startedAt,
    endedAt: ports.now(),
    revision: to.revision,
  });
  return {
    kind: 'reply',
    reply: { ...place, parts: answered.value.answer.parts, interaction, plan: answered.value.plan },
  };
}

const tooMany = 'There is more than I can list in chat. Please narrow the question to fewer days or to one home.';
