/**
 * Which of several events a vendor takes, when it refuses them together and its words do not reliably say which: found by
 * halves. What is taken already stays asked for all the time. I/O: `take`.
 */
export interface Sifted {
  readonly taken: readonly string[];
  readonly refused: readonly string[];
  /** The vendor could not be asked to the end; the rest is not known. */
  readonly failed: boolean;
}

/** Asks for exactly these events. */
export type TakeEvents = (events: readonly string[]) => Promise<'taken' | 'refused' | 'failed'>;

/** Enough for ten refused ones among fifty, and few enough to stay within a minute and the vendors' limits. */
const QUESTIONS_MAX = 80;
/** As many single ones in a row, and nothing else taken: it is not about the events. */
const REFUSED_IN_A_ROW_MAX = 3;

export async function siftEvents(
  known: readonly string[],
  candidates: readonly string[],
  take: TakeEvents,
): Promise<Sifted> {
  const taken = [...known];
  const refused: string[] = [];
  let questions = 0;
  let failed = false;

  const sift = async (some: readonly string[]): Promise<void> => {
    const isHopeless = taken.length === 0 && refused.length >= REFUSED_IN_A_ROW_MAX;
    if (failed || isHopeless || some.length === 0) return;
    questions += 1;
    const answer = questions > QUESTIONS_MAX ? 'failed' : await take([...taken, ...some]);
    if (answer === 'failed') failed = true;
    else if (answer === 'taken') taken.push(...some);
    else if (some.length === 1) refused.push(...some);
    else {
      const middle = Math.ceil(some.length / 2);
      await sift(some.slice(0, middle));
      await sift(some.slice(middle));
    }
  };

  const middle = Math.ceil(candidates.length / 2);
  await sift(candidates.slice(0, middle));
  await sift(candidates.slice(middle));
  return { taken, refused, failed };
}
