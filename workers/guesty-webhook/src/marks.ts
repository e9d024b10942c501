import type { Mark } from '@innkeeper/shared/ports/hydration-gate';
import type { ChangeOrigin } from './build-change.ts';

/** Things of Guesty's that can be marked to be read. `calendar` goes by the id of its listing. Pure. */
export const GUESTY_SUBJECTS = ['reservation', 'listing', 'guest', 'task', 'calendar'] as const;
export type GuestySubject = (typeof GUESTY_SUBJECTS)[number];

/** `seenAtMs`: when the vendor is known to have changed it; by default when we heard. */
export const markToRead = (
  { cause, via, observedAtMs }: ChangeOrigin,
  subject: GuestySubject,
  id: string,
  seenAtMs = observedAtMs,
): Mark => ({ subject, id, seenAtMs, lane: via === 'webhook' ? 'live' : 'backfill', cause });
