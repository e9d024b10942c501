import type { Document } from 'mongodb';
import * as z from 'zod';

/**
 * An event over 16 MB comes in fragments, each with some of its top-level fields; they follow each other in one stream.
 * A position inside them is none: whoever resumes there never sees the fragments before.
 */
export interface FragmentJoiner {
  /** The event itself where it is whole, the joined one with its last fragment, nothing in between. */
  accept(event: Document): Document | 'incomplete' | 'broken';
  /** In the middle of an event. */
  pending(): boolean;
}

const SplitEvent = z.object({ fragment: z.int().positive(), of: z.int().positive().max(64) });

/** The server makes as few fragments as it can: 64 of them would be an event of a gigabyte. */
export function fragmentJoiner(): FragmentJoiner {
  let joined: Document | undefined;
  let next = 1;
  let of = 0;

  return {
    accept: event => {
      if (event['splitEvent'] === undefined) return joined === undefined ? event : reset('broken');
      const split = SplitEvent.safeParse(event['splitEvent']);
      if (!split.success || split.data.fragment !== next || (next > 1 && split.data.of !== of)) return reset('broken');
      const { splitEvent: _, ...fields } = event;
      joined = { ...joined, ...fields };
      if (next === split.data.of) return reset(joined);
      of = split.data.of;
      next += 1;
      return 'incomplete';
    },
    pending: () => joined !== undefined,
  };

  function reset<T>(answer: T): T {
    joined = undefined;
    next = 1;
    return answer;
  }
}
