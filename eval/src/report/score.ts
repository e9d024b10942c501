import type { Judgement } from '../judge/judge.ts';
import type { Outcome } from '../run-evaluation.ts';

/** What a run comes to, in shares of one. A share of nothing is undefined. Pure. */
export interface Share {
  readonly right: number;
  readonly of: number;
}

export interface ClassScore {
  readonly name: string;
  readonly tuned: Share;
  readonly heldBack: Share;
  readonly baseline: Share;
}

export interface Measures {
  /** Days an answer speaks of are the days meant. */
  readonly dates: Share;
  /** Of what it says it does not know, how much nobody could know; of what nobody could know, how much it says so. */
  readonly refusalPrecision: Share;
  readonly refusalRecall: Share;
  /** Questions with an answer that it refuses. */
  readonly falseRefusals: Share;
  /** Of cited documents, how many say it; of the documents that say it, how many are cited. */
  readonly citationPrecision: Share;
  readonly citationRecall: Share;
  readonly leaks: number;
}

export interface Score {
  readonly classes: readonly ClassScore[];
  readonly languages: readonly { readonly name: string; readonly share: Share }[];
  readonly assistant: Measures;
  readonly baseline: Measures;
}

interface Answered {
  readonly outcome: Outcome;
  readonly judgement: Judgement;
  readonly leaks: readonly string[];
}

/** Right, and nothing in it that may not be read there. */
const isRight = ({ judgement, leaks }: Pick<Answered, 'judgement' | 'leaks'>): boolean =>
  judgement.verdict.isRight && leaks.length === 0;

const shareOf = <T>(items: readonly T[], isSo: (item: T) => boolean): Share => ({
  right: items.filter(isSo).length,
  of: items.length,
});

export function scoreOf(outcomes: readonly Outcome[]): Score {
  const byClass = Map.groupBy(outcomes, ({ asked }) => asked.className);
  const byLanguage = Map.groupBy(outcomes, ({ asked }) => asked.language);
  return {
    classes: [...byClass].map(([name, all]) => ({
      name,
      tuned: shareOf(
        all.filter(({ asked }) => !asked.isHeldBack),
        isRight,
      ),
      heldBack: shareOf(
        all.filter(({ asked }) => asked.isHeldBack),
        isRight,
      ),
      baseline: shareOf(all, ({ baseline }) => isRight(baseline)),
    })),
    languages: [...byLanguage].map(([name, all]) => ({ name, share: shareOf(all, isRight) })),
    assistant: measuresOf(outcomes.map(outcome => ({ outcome, judgement: outcome.judgement, leaks: outcome.leaks }))),
    baseline: measuresOf(
      outcomes.map(outcome => ({ outcome, judgement: outcome.baseline.judgement, leaks: outcome.baseline.leaks })),
    ),
  };
}

function measuresOf(answered: readonly Answered[]): Measures {
  const isUnknowable = ({ outcome }: Answered): boolean => outcome.asked.truth.kind === 'dont_know';
  // Of what is no real question, "I don't know what you mean" is a right answer.
  const asking = answered.filter(({ outcome }) => outcome.asked.truth.kind !== 'short_reply');
  const refused = asking.filter(({ judgement }) => judgement.refused);
  const cited = answered.map(({ outcome, judgement }) => {
    const keys = outcome.asked.truth.kind === 'quotes' ? outcome.asked.truth.keys : [];
    return { keys, cited: judgement.cited, hits: judgement.cited.filter(key => keys.includes(key)).length };
  });
  const sum = (count: (item: (typeof cited)[number]) => number): number =>
    cited.reduce((total, item) => total + count(item), 0);
  const dated = answered.filter(({ judgement }) => judgement.areDaysRight !== undefined);
  return {
    dates: shareOf(dated, ({ judgement }) => judgement.areDaysRight === true),
    refusalPrecision: shareOf(refused, isUnknowable),
    refusalRecall: shareOf(asking.filter(isUnknowable), ({ judgement }) => judgement.refused),
    falseRefusals: shareOf(
      asking.filter(item => !isUnknowable(item)),
      ({ judgement }) => judgement.refused,
    ),
    citationPrecision: { right: sum(({ hits }) => hits), of: sum(item => item.cited.length) },
    citationRecall: { right: sum(({ hits }) => hits), of: sum(({ keys }) => keys.length) },
    leaks: answered.reduce((total, { leaks }) => total + leaks.length, 0),
  };
}

export const valueOf = ({ right, of }: Share): number => right / of;

/** Harmonic mean of precision and recall. */
export function citationF1({ citationPrecision, citationRecall }: Measures): number {
  const [precision, recall] = [valueOf(citationPrecision), valueOf(citationRecall)];
  return (2 * precision * recall) / (precision + recall);
}

export const sumOf = (shares: readonly Share[]): Share => ({
  right: shares.reduce((total, { right }) => total + right, 0),
  of: shares.reduce((total, { of }) => total + of, 0),
});
