import type { Gap } from './chat-history.ts';
import type { Healing, PositionLog } from './position-log.ts';

/** Something that was done to the stream so that it could not be continued. */
export interface Cause {
  /** Whether an event of the stream tells it, or a failure. */
  readonly kind: 'event' | 'failure';
  /** Everything up to here had been handed on, or still is. */
  readonly above: number;
  readonly from: number;
  /** Healings completed before it, and whether one was under way, which cannot have seen it. */
  readonly healingsBefore: number;
  readonly healingThen: boolean;
}

/** What the first copy and the healings may have passed over: pure. A healing without a cause excuses nothing. */
export function gapsOf(
  causes: readonly Cause[],
  { snapshotsDone, healingsDone }: Pick<PositionLog, 'snapshotsDone' | 'healingsDone'>,
): Gap[] {
  const first = snapshotsDone.at(-1);
  return [
    ...(first === undefined ? [] : [{ above: -1, upTo: first }]),
    ...causes.flatMap(cause => {
      const closed = healingOf(cause, healingsDone);
      return closed === undefined ? [] : [{ above: cause.above, upTo: closed.version }];
    }),
  ];
}

/** The first healing that can have been for it; one for other reasons may have covered it, too. */
function healingOf(cause: Cause, healingsDone: readonly Healing[]): Healing | undefined {
  const since = healingsDone.slice(cause.healingsBefore).filter(({ version }) => version >= cause.from);
  const alike = since.filter(({ reason }) => isTold(reason) === (cause.kind === 'event'));
  return (cause.healingThen ? (alike[1] ?? since[1]) : undefined) ?? alike[0] ?? since[0];
}

/** Of the reasons for a healing, those that an event tells. */
const isTold = (reason: string): boolean => reason.startsWith('collection_');

/** Healings and scans that nothing gave cause for, in words. Pure. */
export function needlessScans(
  causes: readonly Cause[],
  positions: Pick<PositionLog, 'scansBegun' | 'healingsDone'>,
): string[] {
  const events = causes.filter(({ kind }) => kind === 'event').length;
  const told = positions.healingsDone.filter(({ reason }) => isTold(reason)).length;
  const failed = positions.healingsDone.length - told;
  return [
    ...(told > events ? [`healed ${told} times because a collection was gone, which happened ${events} times`] : []),
    ...(failed > causes.length - events
      ? [`healed ${failed} times because the stream had failed, which happened ${causes.length - events} times`]
      : []),
    ...(positions.scansBegun.size > 1 + causes.length
      ? [`began ${positions.scansBegun.size} scans, for a first copy and ${causes.length} causes`]
      : []),
  ];
}
