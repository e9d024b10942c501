import { RETENTION } from '@innkeeper/shared/contracts/backup/exchange';
import { VAULT_MINIMUM_AGE_S } from '@innkeeper/shared/contracts/backup/vault-token';
import { explainRetention } from '@innkeeper/shared/domain/explain-retention';
import type { ResticSnapshot } from '../../src/restic/restic.ts';
import { AGE_MARGIN_S } from '../../src/retention/choose-removals.ts';
import { completeRuns } from '../../src/retention/complete-runs.ts';
import { groupRuns, type SavedRun } from './saved-run.ts';

/** What retention does about a run: its snapshots usually share one fate, and are told apart where they do not. */
export interface RunRetention {
  readonly run: SavedRun;
  /** At least one of its snapshots is kept by the policy. */
  readonly kept: boolean;
  /** One sentence for each different fate. */
  readonly why: readonly string[];
  /** The day on which the last of it goes, at the earliest; absent: something of it stays. */
  readonly goesOn?: string;
}

/** Newest first. Pure. */
export function explainRuns(snapshots: readonly ResticSnapshot[], now: Date): readonly RunRetention[] {
  const explained = new Map(
    explainRetention(snapshots, RETENTION, {
      minimumAgeSeconds: VAULT_MINIMUM_AGE_S.snapshots + AGE_MARGIN_S,
      now,
      incomplete: completeRuns(snapshots).incomplete,
    }).map(explanation => [explanation.decision.snapshot.id, explanation]),
  );
  return groupRuns(snapshots).map(run => {
    const fates = Object.entries(run.snapshots).flatMap(([source, { id }]) => {
      const fate = explained.get(id);
      return fate === undefined ? [] : [{ source, ...fate }];
    });
    const bySentence = Map.groupBy(fates, ({ sentence }) => sentence);
    const days = fates.map(({ goesOn }) => goesOn ?? '');
    const lastDay = days.includes('') ? undefined : days.toSorted().at(-1);
    return {
      run,
      kept: fates.some(({ decision }) => decision.kind === 'keep'),
      why: [...bySentence].map(([sentence, same]) =>
        bySentence.size === 1 ? sentence : `${same.map(({ source }) => source).join(', ')}: ${sentence}`,
      ),
      ...(lastDay === undefined ? {} : { goesOn: lastDay }),
    };
  });
}
