import { emptyRoundMemory, type QuestionWatch, type RoundTrouble } from './question-watch.ts';
import { settleQuestions } from './settle-questions.ts';

const ROUND_EVERY_MS = 10_000;

/**
 * Answers questions whose webhook was lost: every 10 s, at once at the start, until `signal` aborts. Only the holder of
 * the lease runs it; should two, the assistant takes each question once. Trouble is logged when it begins, changes and
 * ends. Never rejects for what a round meets.
 */
export async function watchLostQuestions(watch: QuestionWatch): Promise<void> {
  const memory = emptyRoundMemory();
  let trouble: RoundTrouble | undefined;
  while (!watch.signal.aborted) {
    const round = await settleQuestions(watch, memory);
    // A read that the stop interrupted is no trouble.
    if (watch.signal.aborted) return;
    if (!round.ok && !isSame(round.error, trouble)) watch.log.warn('questions.held_up', { ...round.error });
    if (round.ok && trouble !== undefined) watch.log.info('questions.resumed', { after: trouble.kind });
    trouble = round.ok ? undefined : round.error;
    await watch.clock.pause(ROUND_EVERY_MS, watch.signal);
  }
}

const isSame = (one: RoundTrouble, other: RoundTrouble | undefined): boolean =>
  one.kind === other?.kind && one.detail === other.detail;
