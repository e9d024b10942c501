import type { TeamChat } from '@innkeeper/shared/ports/team-chat';
import type { DeliveryLog } from '../deliver/delivery-log.ts';
import type { LookingPorts } from '../deliver/looking.ts';
import { takeAwayLeftOver, whileLooking } from '../deliver/looking.ts';
import type { Sender } from '../outbox/pacing.ts';
import type { OpenQuestion, QuestionLog } from './question-log.ts';
import type { SettlePorts } from './settle-question.ts';
import { settleQuestion } from './settle-question.ts';

/**
 * One round of a conversation's work: the questions that are due, in order, then what they left on the chat. Ended
 * anywhere, the next round takes it up there. I/O through ports; calls and tokens count for who asked.
 */
export interface WorkPorts extends Omit<SettlePorts, 'chat' | 'model' | 'deliveries'>, Pick<LookingPorts, 'after'> {
  /** Rocket.Chat as one sender may call it. */
  readonly chatFor: (sender: Sender) => TeamChat;
  /** The model as this person may use it today. */
  readonly modelFor: (person: string) => SettlePorts['model'];
}

/** What one conversation keeps. */
export interface ConversationBooks {
  /** Of the conversation, unlike any other's. */
  readonly name: string;
  readonly log: QuestionLog;
  readonly deliveries: DeliveryLog;
}

export async function workOnQuestions(books: ConversationBooks, ports: WorkPorts): Promise<void> {
  const { name, log, deliveries } = books;
  const isOpen = (messageId: string): boolean => log.open(messageId) !== undefined;
  for (;;) {
    const question = log.nextDue(ports.now());
    if (question === undefined) break;
    const { messageId } = question;
    const { acceptedAt } = question.offered;
    const own = portsFor(question, deliveries, ports);
    await whileLooking({ messageId, acceptedAt }, own, () => settleQuestion(question, log, own), isOpen);
  }
  const chat = ports.chatFor({ ticket: name, asker: 'marks', urgency: 'answer' });
  await takeAwayLeftOver(isOpen, { ...ports, deliveries, chat });
}

/** When the next round is due, in milliseconds since the epoch; undefined when nothing is left to do. */
export function nextWorkAt({ log, deliveries }: ConversationBooks): number | undefined {
  const questionAt = log.nextDueAt();
  const markAt = deliveries.nextMarkDueAt(messageId => log.open(messageId) === undefined);
  return questionAt === undefined || markAt === undefined ? (questionAt ?? markAt) : Math.min(questionAt, markAt);
}

function portsFor(question: OpenQuestion, deliveries: DeliveryLog, ports: WorkPorts): SettlePorts & LookingPorts {
  const { askerId } = question.offered.utterance;
  const sender = { ticket: question.messageId, asker: askerId, urgency: 'answer' } as const;
  // A later try asks when it has something to post: an outage must not use up turns.
  const isFirstTry = question.attempts === 0 && !question.posted;
  const ahead = question.partsBefore > 0 ? 'chat.update' : 'chat.sendMessage';
  return {
    ...ports,
    chat: ports.chatFor(isFirstTry ? { ...sender, ahead } : sender),
    courtesy: ports.chatFor({ ...sender, urgency: 'courtesy' }),
    model: ports.modelFor(askerId),
    deliveries,
  };
}
