import type { AskedQuestion } from './asked-question.ts';
import { toQuestionBody } from './asked-question.ts';
import type { AskedIn } from './question-source.ts';
import type { QuestionWatch, RoundMemory, RoundTrouble } from './question-watch.ts';

/** An answer this late helps nobody. */
export const OFFERED_FOR_MS = 60 * 60_000;
/** Thirty seconds of refusals, so that a deployment under way costs no question. */
const REFUSALS_MAX = 3;
/** An assistant that is down is not asked about each question in turn. */
const FAILURES_IN_A_ROW_MAX = 3;

export interface HandedOver {
  /** Message ids that need no more work: offered, given up, or not to be answered. */
  readonly settled: ReadonlySet<string>;
  readonly trouble?: RoundTrouble;
}

/**
 * Offers unanswered questions once more, oldest first. One that fails does not hold up the others. I/O: the assistant's
 * webhook.
 */
export async function handOverQuestions(
  questions: readonly AskedQuestion[],
  rooms: ReadonlyMap<string, AskedIn>,
  watch: QuestionWatch,
  memory: RoundMemory,
): Promise<HandedOver> {
  const settled = new Set<string>();
  const givenUp = { refused: 0, too_old: 0 };
  let trouble: RoundTrouble | undefined;
  let failuresInARow = 0;

  const giveUp = (question: AskedQuestion, reason: keyof typeof givenUp, detail?: string): void => {
    watch.log.error('question.given_up', { messageId: question.messageId, reason, detail });
    givenUp[reason] += 1;
    settled.add(question.messageId);
  };

  for (const question of questions) {
    const room = rooms.get(question.roomId);
    if (room === undefined || isNeverAnswered(room)) {
      settled.add(question.messageId);
      continue;
    }
    if (watch.clock.now().getTime() - question.sentAt.getTime() > OFFERED_FOR_MS) {
      giveUp(question, 'too_old');
      continue;
    }
    if (watch.signal.aborted || failuresInARow >= FAILURES_IN_A_ROW_MAX) continue;

    const offered = await watch.offer(toQuestionBody(question, room));
    if (offered.ok) {
      failuresInARow = 0;
      watch.log.info('question.offered_again', { messageId: question.messageId });
      settled.add(question.messageId);
      continue;
    }
    const { kind, detail } = offered.error;
    if (kind === 'refused') {
      failuresInARow = 0;
      const refusals = (memory.refusals.get(question.messageId) ?? 0) + 1;
      memory.refusals.set(question.messageId, refusals);
      if (refusals >= REFUSALS_MAX) giveUp(question, 'refused', detail);
      continue;
    }
    trouble = { kind: 'assistant', detail: `${kind}: ${detail}` };
    // Where address or token are wrong, they are wrong for every question.
    failuresInARow = kind === 'denied' ? FAILURES_IN_A_ROW_MAX : failuresInARow + 1;
  }

  for (const reason of ['refused', 'too_old'] as const) {
    if (givenUp[reason] > 0) watch.alert({ kind: 'questions_given_up', reason, count: givenUp[reason] });
  }
  return { settled, ...(trouble === undefined ? {} : { trouble }) };
}

/** Guests who write in live chat are served by people. */
const isNeverAnswered = (room: AskedIn): boolean => room.type === 'l';
