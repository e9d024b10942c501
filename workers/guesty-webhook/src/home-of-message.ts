import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import type { StaySegment } from '@innkeeper/shared/domain/reservation';
import { type ChangePart, type Rank, rank } from '@innkeeper/shared/ingest/record-change';

/**
 * The home a message is about, which its booking tells. It has the booking's clock, so that it is the home of the newest
 * known stay whichever of the two was learnt first. Pure.
 */
export interface BookedStay {
  readonly stay: readonly StaySegment[];
  readonly rank: Rank;
  readonly version: number;
}

export function bookedStay({ facts, versions }: RecordOf<'reservation'>): BookedStay {
  const state = versions['state'];
  return state === undefined
    ? { stay: facts.stay, rank: rank.hearsay, version: versions['hearsay'] ?? 0 }
    : { stay: facts.stay, rank: rank.state, version: state };
}

/** `sentAt`: ISO 8601 UTC. */
export function homePart(sentAt: string, { stay, rank, version }: BookedStay): ChangePart {
  return { rank, version, facts: { listingId: homeAt(stay, sentAt) } };
}

/** The home of the segment under way when it was written; before the stay, the first one. */
function homeAt(stay: readonly StaySegment[], sentAt: string): string | undefined {
  const begun = stay.filter(segment => segment.checkInDate <= sentAt.slice(0, 10));
  return (begun.at(-1) ?? stay[0])?.listingId;
}
