import {
  decideRetention,
  type RetainableSnapshot,
  type RetentionDecision,
  type RetentionQuotas,
} from '@innkeeper/shared/domain/retention';
import type { ForgetPreview } from '../../src/restic/restic.ts';
import { differenceFromRestic } from '../../src/retention/compare-with-restic.ts';
import { askForgetPreview } from './ask-forget-preview.ts';
import { policyOfSeed, randomHistory, SEEDS_PER_POLICY, zoneOfRestic } from './random-history.ts';
import { tieOrders } from './tie-orders.ts';
import { type WrittenRepository, writeRepository } from './written-repository.ts';

/** Whether `decideRetention`, or what is given instead, and the real restic agree, history by history. */
export interface HistoriesOutcome {
  readonly histories: number;
  readonly snapshots: number;
  readonly kept: number;
  readonly removed: number;
  /** restic refused to work without any quota, as it should; here everything is kept. */
  readonly refused: number;
  /** Sentences, each with the seed that shows it again. */
  readonly differences: readonly string[];
}

export type Decide = typeof decideRetention;

export async function compareHistories(order: {
  readonly histories: number;
  readonly seed: number;
  readonly restic: string;
  readonly decide?: Decide;
  readonly onCompared?: (histories: number) => void;
}): Promise<HistoriesOutcome> {
  const seeds = Array.from({ length: order.histories }, (_, index) => order.seed + index);
  const batches = Map.groupBy(seeds, seed => Math.floor(seed / SEEDS_PER_POLICY));
  await using repository = await writeRepository();
  const outcomes: HistoriesOutcome[] = [];
  for (const batch of batches.values()) {
    outcomes.push(await compareBatch(repository, order.restic, batch, order.decide ?? decideRetention));
    order.onCompared?.(batch.length);
  }
  const sum = (of: (outcome: HistoriesOutcome) => number): number =>
    outcomes.reduce((total, one) => total + of(one), 0);
  return {
    histories: sum(one => one.histories),
    snapshots: sum(one => one.snapshots),
    kept: sum(one => one.kept),
    removed: sum(one => one.removed),
    refused: sum(one => one.refused),
    differences: outcomes.flatMap(one => one.differences),
  };
}

/** All histories of one policy in one call of restic. */
async function compareBatch(
  repository: WrittenRepository,
  restic: string,
  seeds: readonly number[],
  decide: Decide,
): Promise<HistoriesOutcome> {
  const [first = 0] = seeds;
  const quotas = policyOfSeed(first);
  const written = seeds.flatMap(seed => randomHistory(seed).map(snapshot => ({ seed, ...snapshot })));
  const ids = await repository.replaceSnapshots(written);
  const snapshots = written.map((snapshot, index) => ({ ...snapshot, id: ids[index] ?? '' }));
  const preview = await askForgetPreview({ ...repository, restic, quotas, zone: zoneOfRestic(first) });

  const bySeed = Map.groupBy(snapshots, ({ seed }) => seed);
  const differences = [...bySeed].flatMap(([seed, history]) => {
    const difference =
      preview === 'refused'
        ? keepsEverything(decide(history, quotas))
        : compareHistory(history, quotas, preview, decide);
    return difference === undefined ? [] : [describe(seed, quotas, difference)];
  });
  return {
    histories: seeds.length,
    snapshots: snapshots.length,
    kept: preview === 'refused' ? snapshots.length : preview.keep.length,
    removed: preview === 'refused' ? 0 : preview.remove.length,
    refused: preview === 'refused' ? seeds.length : 0,
    differences,
  };
}

function compareHistory(
  history: readonly RetainableSnapshot[],
  quotas: RetentionQuotas,
  preview: ForgetPreview,
  decide: Decide,
): string | undefined {
  const mine = new Set(history.map(({ id }) => id));
  const answer: ForgetPreview = {
    keep: preview.keep.filter(id => mine.has(id)),
    remove: preview.remove.filter(id => mine.has(id)),
    reasons: preview.reasons,
  };
  let difference: string | undefined;
  for (const ranked of tieOrders(history)) {
    const decisions = decide(ranked, quotas).map(decision => ({
      ...decision,
      snapshot: decision.snapshot.original,
    }));
    difference = differenceFromRestic(decisions, answer);
    if (difference === undefined) return undefined;
  }
  return difference;
}

function keepsEverything(decisions: readonly RetentionDecision[]): string | undefined {
  const removed = decisions.filter(({ kind }) => kind === 'remove').length;
  return removed === 0 ? undefined : `restic refuses to work without a quota, Innkeeper removes ${removed} snapshots`;
}

function describe(seed: number, { keepDaily, keepWeekly, keepMonthly }: RetentionQuotas, difference: string): string {
  return (
    `seed ${seed}, ${keepDaily} days, ${keepWeekly} weeks, ${keepMonthly} months: ${difference}; ` +
    `again: ./dev prove-retention --histories 1 --seed ${seed}`
  );
}
