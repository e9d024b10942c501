/**
 * Things that many bookings name and that tell of their own changes by webhook (homes, guests): one read serves all who
 * ask while it runs and for a while after, "there is none" included. No I/O of its own.
 */
export interface ReadOnceOptions<T> {
  readonly read: (id: string) => Promise<T>;
  /** Whether an answer is worth keeping; a failure is asked again. */
  readonly keep: (value: T) => boolean;
  readonly keepMs: number;
  readonly keepMax: number;
  readonly now: () => number;
}

export function readOnce<T>(options: ReadOnceOptions<T>): (id: string) => Promise<T> {
  const kept = new Map<string, { readonly answer: Promise<T>; readonly untilMs: number }>();

  return async id => {
    const known = kept.get(id);
    if (known !== undefined && known.untilMs > options.now()) return known.answer;
    const answer = options.read(id);
    kept.delete(id); // a new entry goes to the end, so the first one is the oldest
    kept.set(id, { answer, untilMs: options.now() + options.keepMs });
    for (const oldest of kept.keys()) {
      if (kept.size <= options.keepMax) break;
      kept.delete(oldest);
    }
    const value = await answer;
    if (!options.keep(value)) kept.delete(id);
    return value;
  };
}
