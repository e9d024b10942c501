import type { Gaps } from '../evaluate/snapshot.ts';
import { counted } from './days-in-words.ts';
import type { Draft } from './draft.ts';

/** Says with a list how it may differ from what Firestore holds. Pure. */
export function withGaps(draft: Draft, gaps: Gaps | undefined): Draft {
  if (gaps === undefined) return draft;
  const remarks = [
    ...(gaps.unread === 0
      ? []
      : [`_${counted(gaps.unread, 'record')} could not be read and may be missing here; the operators were told._`]),
    ...(gaps.isNewestMissing
      ? ['_Very much is coming in at the moment; something of the last half minute may be missing here._']
      : []),
  ];
  return remarks.length === 0 ? draft : { ...draft, lines: [...draft.lines, ...remarks] };
}
