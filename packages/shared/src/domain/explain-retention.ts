import { type Foresight, foreseeRemovals } from './foresee-removals.ts';
import { retainCompleteRuns } from './retain-complete-runs.ts';
import {
  type KeepReason,
  type RetainableSnapshot,
  type RetentionDecision,
  type RetentionQuotas,
  type RetentionRule,
  retentionGroup,
} from './retention.ts';
import { readSnapshotTime, type SnapshotTime } from './snapshot-time.ts';

/** Sentences for whoever asks what a policy keeps, what goes, why and until when. Pure. */
export interface ExplainedSnapshot<S extends RetainableSnapshot = RetainableSnapshot> {
  readonly decision: RetentionDecision<S>;
  /** `2026-12-20`, if there is a snapshot every day until then; absent: it stays. */
  readonly goesOn?: string;
  /** `kept as the last of week 47 of 2026; goes on 2026-12-20 if there is a snapshot every day` */
  readonly sentence: string;
}

/** One sentence for each snapshot, in the order of `decideRetention`; decided by `retainCompleteRuns`. */
export function explainRetention<S extends RetainableSnapshot>(
  snapshots: readonly S[],
  quotas: RetentionQuotas,
  foresight: Foresight = {},
): readonly ExplainedSnapshot<S>[] {
  const { all, decisions } = retainCompleteRuns(snapshots, quotas, foresight.incomplete ?? new Set());
  const unlessIncomplete = new Set(all.filter(({ kind }) => kind === 'remove').map(({ snapshot }) => snapshot.id));
  const groups = Map.groupBy(decisions, ({ snapshot }) => retentionGroup(snapshot));
  return [...groups.values()].flatMap(newestFirst => {
    const days = foreseeRemovals(
      newestFirst.map(({ snapshot }) => snapshot),
      quotas,
      foresight,
    );
    const laterPeriods = new Set<string>();
    return newestFirst.map(decision => {
      const time = readSnapshotTime(decision.snapshot.time);
      const goesOn = days.get(decision.snapshot.id);
      const why =
        decision.kind === 'keep'
          ? whyKept(decision.reasons, time, quotas, unlessIncomplete.has(decision.snapshot.id))
          : `not kept any more: ${whyRemoved(time, quotas, laterPeriods)}`;
      for (const rule of RULES) laterPeriods.add(rule.periodOf(time));
      return goesOn === undefined
        ? { decision, sentence: `${why}; stays` }
        : { decision, goesOn, sentence: `${why}; goes on ${goesOn} if there is a snapshot every day` };
    });
  });
}

interface RuleWords {
  readonly rule: RetentionRule;
  readonly quotaOf: (quotas: RetentionQuotas) => number;
  readonly periodOf: (time: SnapshotTime) => string;
  readonly tell: (period: string) => string;
  readonly unit: string;
}

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

const RULES: readonly RuleWords[] = [
  { rule: 'daily', quotaOf: quotas => quotas.keepDaily, periodOf: time => time.day, tell: day => day, unit: 'day' },
  {
    rule: 'weekly',
    quotaOf: quotas => quotas.keepWeekly,
    periodOf: time => time.week,
    tell: week => `week ${Number(week.slice(-2))} of ${week.slice(0, 4)}`,
    unit: 'week',
  },
  {
    rule: 'monthly',
    quotaOf: quotas => quotas.keepMonthly,
    periodOf: time => time.month,
    tell: month => monthName.format(Date.parse(`${month}-01T00:00:00Z`)),
    unit: 'month',
  },
];

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const count = (number: number, unit: string): string => `${number} ${unit}${number === 1 ? '' : 's'}`;

function whyKept(
  reasons: readonly KeepReason[],
  time: SnapshotTime,
  quotas: RetentionQuotas,
  amongComplete: boolean,
): string {
  if (reasons.length === 0) return 'kept because no quota is set';
  const has = (reason: KeepReason): boolean => reasons.includes(reason);
  const periods = RULES.filter(({ rule }) => has(`${rule} snapshot`)).map(({ periodOf, tell }) => tell(periodOf(time)));
  const missing = RULES.filter(({ rule }) => has(`oldest ${rule} snapshot`)).map(({ quotaOf, unit }) =>
    count(quotaOf(quotas), unit),
  );
  const one = amongComplete ? ' complete one' : '';
  const causes = [
    ...(periods.length === 0 ? [] : [`as the last${one} of ${list.format(periods)}`]),
    ...(missing.length === 0 ? [] : [`as the oldest${one}, while there are not yet ${list.format(missing)}`]),
  ];
  return `kept ${list.format(causes)}`;
}

function whyRemoved(time: SnapshotTime, quotas: RetentionQuotas, laterPeriods: ReadonlySet<string>): string {
  const causes = RULES.filter(({ quotaOf }) => quotaOf(quotas) > 0).map(({ quotaOf, periodOf, tell, unit }) =>
    laterPeriods.has(periodOf(time))
      ? `not the last of ${tell(periodOf(time))}`
      : `past the ${count(quotaOf(quotas), unit)}`,
  );
  return list.format(causes);
}
