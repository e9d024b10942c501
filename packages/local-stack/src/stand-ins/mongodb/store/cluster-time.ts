import { Timestamp } from 'bson';

/**
 * A cluster time as one number that sorts: seconds, then an ordinal within the second. It fits into a double, and no
 * write path of this stand-in makes a million changes in a second.
 */
export type ClusterTime = number;

const ORDINALS = 2 ** 20;

export function clusterTime(seconds: number, ordinal: number): ClusterTime {
  return seconds * ORDINALS + Math.min(ordinal, ORDINALS - 1);
}

export function secondsOf(time: ClusterTime): number {
  return Math.floor(time / ORDINALS);
}

export function ordinalOf(time: ClusterTime): number {
  return time % ORDINALS;
}

export function toTimestamp(time: ClusterTime): Timestamp {
  return new Timestamp({ t: secondsOf(time), i: ordinalOf(time) });
}

export function fromTimestamp(timestamp: Timestamp): ClusterTime {
  return clusterTime(timestamp.getHighBitsUnsigned(), timestamp.getLowBitsUnsigned());
}

/** The first time of this second that is later than the last one given out. A clock that goes back is waited for. */
export function nextClusterTime(last: ClusterTime, nowSeconds: number): ClusterTime {
  return Math.max(last + 1, clusterTime(nowSeconds, 1));
}
