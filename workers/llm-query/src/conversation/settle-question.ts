import type { ThreadContext } from '@innkeeper/shared/domain/plan';
import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { ChatError, TeamChat } from '@innkeeper/shared/ports/team-chat';
import { FIXED } from '../compose/fixed-words.ts';
import type { DeliveryLog } from '../deliver/delivery-log.ts';
import { postAnswer } from '../deliver/post-answer.ts';
import { storeInteraction } from '../deliver/store-interaction.ts';
import { mayBeLeanedOn } from '../understand/follow-up/may-be-leaned-on.ts';
import { whereItBroke } from '../where-it-broke.ts';
import { BUG_TRIES_MAX, DENIED_GIVE_UP_AFTER_MS, GIVE_UP_AFTER_MS, HOLD_AFTER_MS, waitBeforeTry } from './back-off.ts';
import { answerThread } from './conversation-key.ts';
import { quotesChat } from './interaction-of.ts';
import type { OpenQuestion, QuestionLog } from './question-log.ts';
import type { Reply, ReplyPorts } from './reply.ts';
import { composeReply } from './reply.ts';

/**
 * One try at one question: compose, keep, post, store, settle. Every step is kept before the next begins, so a try that
 * ends anywhere is taken up there. I/O through ports; the log is the conversation's own storage.
 */
export interface SettlePorts extends ReplyPorts {
  readonly chat: TeamChat;
  readonly documents: DocumentStore;
  readonly log: Log;
  readonly random: () => number;
  readonly deliveries: Pick<DeliveryLog, 'isPosted' | 'markPosted' | 'forgetPosted'>;
}

/** In a direct message what was said before counts for so long; a thread keeps its subject. */
const DIRECT_CONTEXT_MS = 30 * 60_000;

export async function settleQuestion(question: OpenQuestion, log: QuestionLog, ports: SettlePorts): Promise<void> {
  log.begin(question);
  const begun = { ...question, attempts: question.attempts + 1 };
  try {
    await tryQuestion(begun, log, ports);
  } catch (error) {
    // A bug in understanding or composing must not keep the others of this conversation waiting, nor be tried for ever.
    ports.log.error('question.broke', whereItBroke(error));
    if (begun.attempts < BUG_TRIES_MAX) again(begun, log, ports);
    else await giveUp(begun, FIXED.failed, log, ports);
  }
}

async function tryQuestion(question: OpenQuestion, log: QuestionLog, ports: SettlePorts): Promise<void> {
  const { acceptedAt } = question.offered;
  const kept = question.reply !== undefined && isStillGood(question.reply, question) ? question.reply : undefined;
  const reply = kept ?? (await compose(question, log, ports));
  if (reply === undefined || wasEdited(question, log)) return;

  if (!question.posted) {
    const { partsBefore: before } = log.open(question.messageId) ?? question;
    const partsBefore = kept === undefined ? Math.max(before, question.partsSent) : before;
    const posting = { questionMessageId: question.messageId, ...reply, partsBefore };
    const posted = await postAnswer(posting, ports.chat, ports.deliveries);
    if (wasEdited(question, log)) return;
    if (!posted.ok) {
      tellNotPosted(posted.error, ports.log);
      if (ports.now() - acceptedAt < timeToPost(posted.error, reply)) again(question, log, ports, posted.error);
      else settle(question, log, ports);
      return;
    }
    log.markPosted(question);
    if (reply.plan !== undefined && mayBeLeanedOn(reply.plan)) {
      log.remember({ plan: reply.plan, answeredAt: new Date(ports.now()).toISOString() });
    }
    ports.log.info('question.answered', { revision: question.revision, ms: ports.now() - acceptedAt });
  }
  if (reply.interaction !== undefined) {
    const timings = { ...reply.interaction.timings, post: ports.now() - acceptedAt };
    const stored = await storeInteraction({ ...reply.interaction, timings }, ports.documents);
    if (wasEdited(question, log)) return;
    if (!stored.ok && ports.now() - acceptedAt < GIVE_UP_AFTER_MS) {
      ports.log.warn('interaction.not_stored', { kind: stored.error.kind });
      again(question, log, ports);
      return;
    }
  }
  settle(question, log, ports);
}

function settle(question: OpenQuestion, log: QuestionLog, { deliveries }: SettlePorts): void {
  deliveries.forgetPosted(question.messageId);
  log.settle(question);
}

/** What quotes the chat is not posted on a later try: the message may be gone by now, or its reader may have left. */
const isStillGood = ({ interaction }: Reply, { posted }: OpenQuestion): boolean =>
  posted || interaction === undefined || !quotesChat(interaction);

function tellNotPosted(error: ChatError, log: Log): void {
  const { kind, detail } = error;
  if (error.kind === 'unavailable' && error.unsent) log.info('answer.queued', { detail });
  else log.warn('answer.not_posted', { kind, detail });
}

/** How long after its question an answer may still be posted. */
function timeToPost(error: ChatError, reply: Reply): number {
  switch (error.kind) {
    case 'unavailable':
      return GIVE_UP_AFTER_MS;
    case 'denied':
      return reply.isRoomKnown ? DENIED_GIVE_UP_AFTER_MS : 0;
    case 'not_found':
    case 'refused':
      return 0;
  }
}

/** The reply, kept; undefined when there is none to post now. */
async function compose(question: OpenQuestion, log: QuestionLog, ports: SettlePorts): Promise<Reply | undefined> {
  const { offered, attempts, revision } = question;
  const context = usableContext(log.context(), offered.utterance.roomName === undefined, ports.now());
  const outcome = await composeReply({ offered, context, attempt: attempts, revision }, ports);
  if (wasEdited(question, log)) return undefined;
  switch (outcome.kind) {
    case 'reply':
      ports.deliveries.forgetPosted(question.messageId);
      log.keepReply(question, outcome.reply);
      return outcome.reply;
    case 'silence':
      log.settle(question);
      return undefined;
    case 'not_now':
      ports.log.warn('question.delayed', { reason: outcome.reason, detail: outcome.detail });
      await tryLater(question, log, ports);
      return undefined;
  }
}

async function tryLater(question: OpenQuestion, log: QuestionLog, ports: SettlePorts): Promise<void> {
  const waited = ports.now() - question.offered.acceptedAt;
  if (waited >= GIVE_UP_AFTER_MS) {
    await giveUp(question, FIXED.givenUp, log, ports);
    return;
  }
  const wait = again(question, log, ports);
  if (waited + wait >= HOLD_AFTER_MS && question.partsSent === 0) {
    log.keepHolding(question);
    await say(question, FIXED.holding, ports);
  }
}

async function giveUp(question: OpenQuestion, text: string, log: QuestionLog, ports: SettlePorts): Promise<void> {
  ports.log.error('question.given_up', { attempts: question.attempts });
  await say(question, text, ports);
  if (!wasEdited(question, log)) settle(question, log, ports);
}

/** A sentence in place of the answer. Best effort: whether it arrives decides nothing. */
async function say(question: OpenQuestion, text: string, ports: SettlePorts): Promise<void> {
  const { utterance } = question.offered;
  const said = await postAnswer(
    {
      questionMessageId: question.messageId,
      roomId: utterance.roomId,
      threadId: answerThread(utterance, utterance.roomName === undefined ? 'direct' : 'private'),
      parts: [text],
      partsBefore: question.partsSent,
    },
    ports.chat,
  );
  if (!said.ok) tellNotPosted(said.error, ports.log);
}

/** Milliseconds until the next try: when Rocket.Chat or the outbox said, or after a while. */
function again(question: OpenQuestion, log: QuestionLog, ports: SettlePorts, error?: ChatError): number {
  const told = error?.kind === 'unavailable' ? error.retryAfterMs : undefined;
  const wait = Math.max(told ?? 0, waitBeforeTry(told === undefined ? question.attempts : 1, ports.random()));
  log.tryAgainAt(question, ports.now() + wait);
  return wait;
}

/** An edit that came while something was awaited has its own turn; what was found for the old text is dropped. */
const wasEdited = (question: OpenQuestion, log: QuestionLog): boolean =>
  log.open(question.messageId)?.revision !== question.revision;

function usableContext(context: ThreadContext | undefined, isDirect: boolean, now: number): ThreadContext | undefined {
  if (context === undefined || !isDirect) return context;
  return now - Date.parse(context.answeredAt) <= DIRECT_CONTEXT_MS ? context : undefined;
}
