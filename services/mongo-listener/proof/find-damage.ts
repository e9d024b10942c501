import { chatChangeKey } from '@innkeeper/shared/contracts/chat-change';
import {
  type Arrival,
  type ChatHistory,
  type Face,
  faceOf,
  foldArrivals,
  type Gap,
  type HistoryStep,
} from './chat-history.ts';

/**
 * Compares what arrived with what was done. Pure. What is allowed:
 * - The same change may arrive again, but the first arrivals of the changes to one thing come in their order.
 * - An update may show a later state than its own: the server looks the document up when it is read. One whose document
 *   was deleted by then may be missing.
 * - Behind a gap only what a scan could still see has to arrive.
 */
export interface Damage {
  /** Done, and never arrived. */
  readonly lost: readonly string[];
  /** Arrived, and never was so. */
  readonly invented: readonly string[];
  /** First arrived behind a later change to the same thing. */
  readonly disordered: readonly string[];
  /** Known differently downstream than it is, once everything has arrived. */
  readonly different: readonly string[];
}

export function findDamage(history: ChatHistory, arrivals: readonly Arrival[], gaps: readonly Gap[]): Damage {
  const byKey = Map.groupBy(arrivals, ({ change }) => chatChangeKey(change));
  const known = foldArrivals(arrivals);
  return {
    lost: flatMap(history, (key, steps) => lostSteps(key, steps, byKey.get(key) ?? [], gaps)),
    invented: flatMap(byKey, (key, ofKey) => inventedArrivals(key, history.get(key) ?? [], ofKey)),
    disordered: flatMap(byKey, (key, ofKey) => disorderedArrivals(key, history.get(key) ?? [], ofKey)),
    different: flatMap(history, (key, steps) => {
      const is = steps.at(-1)?.face;
      const knownAs = known.get(key)?.face;
      return knownAs === is ? [] : [`${key} is ${words(is)}, known as ${words(knownAs)}`];
    }),
  };
}

export const isWhole = ({ lost, invented, disordered, different }: Damage): boolean =>
  lost.length + invented.length + disordered.length + different.length === 0;

function lostSteps(
  key: string,
  steps: readonly HistoryStep[],
  arrivals: readonly Arrival[],
  gaps: readonly Gap[],
): string[] {
  return steps.flatMap((step, index) => {
    const arrived = arrivals.some(
      ({ topic, change }) =>
        topic === 'live' && isVersionOf(step, change.version) && isFaceOf(steps, index, faceOf(change)),
    );
    // A scan that began later carries what had become of it.
    const scanned = arrivals.some(({ topic, change }) => topic === 'backfill' && change.version >= step.upTo);
    const excused =
      gaps.some(({ above, upTo }) => step.upTo > above && step.upTo <= upTo) ||
      // Of an update to what is deleted by the time it is read, nothing is left to say.
      (step.operation === 'update' && steps.slice(index + 1).some(isRemoval)) ||
      step.operation === 'touch' ||
      // No event tells of it: whether it was noticed, the last state tells.
      step.operation === 'drop' ||
      // Never to be seen by anybody, from its first moment.
      (step.operation === 'insert' && step.face === undefined);
    return arrived || scanned || excused ? [] : [`${key}: ${step.operation} at ${at(step.upTo)} never arrived`];
  });
}

function inventedArrivals(key: string, steps: readonly HistoryStep[], arrivals: readonly Arrival[]): string[] {
  return arrivals.flatMap(({ topic, change }) => {
    const face = faceOf(change);
    const isTrue =
      topic === 'live'
        ? steps.some((step, index) => isVersionOf(step, change.version) && isFaceOf(steps, index, face))
        : isFaceSince(steps, change.version, face);
    return isTrue
      ? []
      : [`${key}: ${topic} ${change.kind} at ${at(change.version)} says ${words(face)}, which was never so`];
  });
}

/**
 * By the stream alone: scans have topics and versions of their own. A touch says nothing the first time; read again after
 * a kill, it may show what the document has become since.
 */
function disorderedArrivals(key: string, steps: readonly HistoryStep[], arrivals: readonly Arrival[]): string[] {
  const touches = steps.filter(({ operation }) => operation === 'touch');
  const seen = new Set<number>();
  let newest = -1;
  return arrivals.flatMap(({ topic, change: { version } }) => {
    if (topic !== 'live' || seen.has(version) || touches.some(step => isVersionOf(step, version))) return [];
    seen.add(version);
    if (version < newest) return [`${key}: ${at(version)} first arrived behind ${at(newest)}`];
    newest = version;
    return [];
  });
}

const isVersionOf = ({ above, upTo }: HistoryStep, version: number): boolean =>
  version === upTo || (version > above && version < upTo);

const isRemoval = ({ operation }: HistoryStep): boolean => operation === 'delete' || operation === 'drop';

/** The state of that step; for an update also any later one up to its deletion. */
function isFaceOf(steps: readonly HistoryStep[], index: number, face: Face): boolean {
  const step = steps[index];
  if (step === undefined || step.operation === 'drop') return false;
  if (step.operation !== 'update' && step.operation !== 'touch') return step.face === face;
  return steps.slice(index).some(later => !isRemoval(later) && later.face === face);
}

/** Whether it was in that state at the version or at any time later. */
function isFaceSince(steps: readonly HistoryStep[], version: number, face: Face): boolean {
  // Before it was there, it was not; of things that never were, nobody should hear.
  if (face === undefined && steps.length === 0) return false;
  return steps.some(
    (step, index) => step.face === face && (steps[index + 1]?.upTo ?? Number.POSITIVE_INFINITY) > version,
  );
}

function flatMap<V>(map: ReadonlyMap<string, V>, sentences: (key: string, value: V) => string[]): string[] {
  return [...map].flatMap(([key, value]) => sentences(key, value));
}

const words = (face: Face): string => face ?? 'nothing';
const at = (version: number): string => `${Math.floor(version / 2 ** 21)}.${version % 2 ** 21}`;
