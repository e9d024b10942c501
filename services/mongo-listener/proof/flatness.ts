/** Whether memory stays where it is. Pure. */
export interface Verdict {
  readonly isFlat: boolean;
  readonly sentence: string;
}

/** `samples` are bytes at equal distances; the first quarter is warming up. */
export function judgeFlatness(samples: readonly number[], bytesMax: number): Verdict {
  const quarter = Math.floor(samples.length / 4);
  if (quarter === 0) return { isFlat: false, sentence: 'too short to say anything' };
  const early = median(samples.slice(quarter, 2 * quarter));
  const late = median(samples.slice(-quarter));
  const peak = Math.max(...samples);
  const grown = late - early;
  const isFlat = grown <= GROWTH_MAX * early && peak <= bytesMax;
  const sentence =
    `${megabytes(early)} in the second quarter, ${megabytes(late)} in the last one, ${megabytes(peak)} at most: ` +
    (isFlat ? 'flat' : peak > bytesMax ? `more than ${megabytes(bytesMax)}` : 'growing');
  return { isFlat, sentence };
}

/** What a heap breathes by within a quarter of a minute's soak; a leak of a byte per change is more within an hour. */
const GROWTH_MAX = 0.1;

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
