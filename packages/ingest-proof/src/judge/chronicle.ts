/**
 * The life of one thing, line by line. A run whose judge found something is played again with that thing watched: the
 * seed tells the same story, so nothing has to be kept of the millions of others.
 */
export interface Chronicle {
  /** `about`: a record's key. */
  note(about: string | undefined, text: string): void;
  readonly lines: readonly string[];
  /** Of everything that happened, in order: two runs that differ anywhere differ here. */
  readonly digest: () => string;
}

export function createChronicle(now: () => number, watched: string | undefined): Chronicle {
  const lines: string[] = [];
  let digest = 0;
  return {
    lines,
    note: (about, text) => {
      digest = mix(digest, now(), text.length + (about?.length ?? 0));
      if (about !== undefined && about === watched)
        lines.push(`${new Date(now()).toISOString().slice(11, 23)} ${text}`);
    },
    digest: () => digest.toString(16),
  };
}

/** Two numbers into one of 32 bits, by multiplications that spread every bit. */
function mix(digest: number, one: number, other: number): number {
  return (Math.imul(digest ^ (one % 2 ** 31), 0x9e3779b1) ^ Math.imul(other + 1, 0x85ebca6b)) >>> 0;
}
