import { type RetentionDecision, retentionGroup } from '@innkeeper/shared/domain/retention';
import type { ForgetPreview } from '../restic/restic.ts';

/**
 * Whether restic, asked for its own opinion, keeps and removes the same for the same reasons. Snapshots of one group
 * with the very same time are interchangeable: restic takes them in any order. Answers with the first difference as a
 * sentence, `undefined` when there is none. Pure.
 */
export function differenceFromRestic(
  decisions: readonly RetentionDecision[],
  preview: ForgetPreview,
): string | undefined {
  const known = new Map(decisions.map(({ snapshot }) => [snapshot.id, snapshot]));
  const stranger = [...preview.keep, ...preview.remove].find(id => !known.has(id));
  if (stranger !== undefined) return `restic sees snapshot ${short(stranger)}, which was not in the list before`;

  const outcomes = (ids: readonly string[], outcomeOf: (id: string) => string): string[] =>
    ids.flatMap(id => {
      const snapshot = known.get(id);
      return snapshot === undefined ? [] : [`${retentionGroup(snapshot)}${SENTENCE}${snapshot.time} ${outcomeOf(id)}`];
    });
  const theirs = [
    ...outcomes(preview.keep, id => kept(preview.reasons[id] ?? [])),
    ...outcomes(preview.remove, () => REMOVED),
  ];
  const ours = decisions.flatMap(decision =>
    outcomes([decision.snapshot.id], () => (decision.kind === 'keep' ? kept(decision.reasons) : REMOVED)),
  );
  return firstDifference(ours.toSorted(), theirs.toSorted());
}

function firstDifference(ours: readonly string[], theirs: readonly string[]): string | undefined {
  const place = ours.findIndex((outcome, index) => outcome !== theirs[index]);
  if (place >= 0) return `Innkeeper says ${sentence(ours[place])}; restic says ${sentence(theirs[place])}`;
  return theirs.length > ours.length ? `restic decides on ${theirs.length - ours.length} more snapshots` : undefined;
}

/** After it comes what may be told: names of folders stay out of sentences. */
const SENTENCE = '\n';
const sentence = (outcome: string | undefined): string => outcome?.split(SENTENCE)[1] ?? 'nothing';
const kept = (reasons: readonly string[]): string => `kept as ${reasons.toSorted().join(', ')}`;
const REMOVED = 'removed';
const short = (id: string): string => id.slice(0, 8);
