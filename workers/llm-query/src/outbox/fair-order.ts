/** In which order those who wait for one endpoint of Rocket.Chat get their turns. Pure. */
export interface Waiting {
  readonly ticket: string;
  /** Who shares one place in the round: the person who asked, or what a notice is about. */
  readonly asker: string;
  readonly urgency: 'answer' | 'notice';
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** Answers go first; a notice that was overtaken for so long goes as an answer. */
const NOTICE_PATIENCE_MS = 2 * 60_000;

/**
 * Round robin: somebody's first goes before anybody's second, and turns of the last minute count as had. Within a round
 * the longest waiting goes first, so nobody starves: what was had is forgotten after a minute, waiting is not.
 */
export function fairOrder<Row extends Waiting>(
  waiting: readonly Row[],
  hadBy: ReadonlyMap<string, number>,
  now: number,
): Row[] {
  const rounds = new Map<string, number>(hadBy);
  return waiting
    .toSorted((left, right) => left.since - right.since || (left.ticket < right.ticket ? -1 : 1))
    .map((row, place) => {
      const round = rounds.get(row.asker) ?? 0;
      rounds.set(row.asker, round + 1);
      const isUrgent = row.urgency === 'answer' || now - row.since >= NOTICE_PATIENCE_MS;
      return { row, place, round, rank: isUrgent ? 0 : 1 };
    })
    .toSorted((left, right) => left.rank - right.rank || left.round - right.round || left.place - right.place)
    .map(({ row }) => row);
}
