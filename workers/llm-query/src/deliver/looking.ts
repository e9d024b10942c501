import type { Log } from '@innkeeper/shared/log/log';
import type { TeamChat } from '@innkeeper/shared/ports/team-chat';
import { GIVE_UP_AFTER_MS, waitBeforeTry } from '../conversation/back-off.ts';
import type { DeliveryLog } from './delivery-log.ts';

/**
 * The mark on a question whose answer takes longer, gone with the answer. It decides nothing: no failure here reaches
 * the answer, and what a crash leaves behind is taken away later. I/O: Rocket.Chat's reactions.
 */
export interface MarkPorts {
  /** For taking a mark away: waits for its turn. */
  readonly chat: Pick<TeamChat, 'react'>;
  readonly deliveries: DeliveryLog;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
}

export interface LookingPorts extends MarkPorts {
  /** For setting a mark: where calls are scarce it is left out. */
  readonly courtesy: Pick<TeamChat, 'react'>;
  /** Runs something later; what it returns calls it off. */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** Whoever waits longer than this wants to know that the question was heard. */
const LOOKING_AFTER_MS = 1_000;
/** An hourglass running: known to everybody, and nobody's opinion of the question. */
const LOOKING = ':hourglass_flowing_sand:';

/** One try at a question, with the mark on it from the second it was asked until it is settled. */
export async function whileLooking(
  question: { readonly messageId: string; readonly acceptedAt: number },
  ports: LookingPorts,
  work: () => Promise<void>,
  isOpen: (messageId: string) => boolean,
): Promise<void> {
  let shown: Promise<void> = Promise.resolve();
  const show = (): void => {
    shown = showMark(question.messageId, ports);
  };
  const waitMs = question.acceptedAt + LOOKING_AFTER_MS - ports.now();
  const callOff = ports.after(Math.max(0, waitMs), show);
  try {
    await work();
  } finally {
    callOff();
    await shown;
  }
  // It waits for something, and longer than a second with the time it had.
  if (isOpen(question.messageId)) await showMark(question.messageId, ports);
  else await takeAway(question.messageId, ports);
}

/** Marks of questions that were settled without taking theirs away, because the process or Rocket.Chat was gone. */
export async function takeAwayLeftOver(isOpen: (messageId: string) => boolean, ports: MarkPorts): Promise<void> {
  for (const { messageId } of ports.deliveries.marksDue(ports.now())) {
    if (!isOpen(messageId)) await takeAway(messageId, ports);
  }
}

async function showMark(messageId: string, { courtesy, deliveries, now }: LookingPorts): Promise<void> {
  if (deliveries.mark(messageId) !== undefined) return;
  deliveries.addMark(messageId, now());
  const shown = await courtesy.react({ messageId, emoji: LOOKING, shown: true });
  // Whether an unanswered call arrived is not known: then it is taken away like one that did.
  const isSurelyAbsent = !shown.ok && (shown.error.kind !== 'unavailable' || shown.error.unsent === true);
  if (isSurelyAbsent) deliveries.removeMark(messageId);
}

async function takeAway(messageId: string, ports: MarkPorts): Promise<void> {
  const { chat, deliveries, log, now, random } = ports;
  const mark = deliveries.mark(messageId);
  if (mark === undefined) return;
  const gone = await chat.react({ messageId, emoji: LOOKING, shown: false });
  if (gone.ok || gone.error.kind !== 'unavailable' || now() - mark.since >= GIVE_UP_AFTER_MS) {
    if (!gone.ok) log.warn('looking.not_taken_away', { kind: gone.error.kind, detail: gone.error.detail });
    deliveries.removeMark(messageId);
    return;
  }
  const wait = Math.max(gone.error.retryAfterMs ?? 0, waitBeforeTry(mark.tries + 1, random()));
  deliveries.tryMarkAgainAt(messageId, now() + wait);
}
