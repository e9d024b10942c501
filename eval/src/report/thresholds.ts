import * as z from 'zod';
import { citationF1, type Score, type Share, valueOf } from './score.ts';

/**
 * What no class may fall below, in whole per cent. They only ever rise: raising takes the greater of old and new.
 * Pure.
 */
export const Thresholds = z.object({
  classes: z.record(z.string(), z.object({ tuned: z.int(), heldBack: z.int() })),
  measures: z.object({
    daysRight: z.int(),
    refusalRecall: z.int(),
    answeredOfAnswerable: z.int(),
    citationF1: z.int(),
  }),
});
export type Thresholds = z.infer<typeof Thresholds>;

const percent = (value: number): number => (Number.isNaN(value) ? 0 : Math.floor(value * 100 + 1e-9));
const percentOf = (share: Share): number => (share.of === 0 ? 100 : percent(valueOf(share)));

export const reachedBy = ({ classes, assistant }: Score): Thresholds => ({
  classes: Object.fromEntries(
    classes.map(({ name, tuned, heldBack }) => [name, { tuned: percentOf(tuned), heldBack: percentOf(heldBack) }]),
  ),
  measures: {
    daysRight: percentOf(assistant.dates),
    refusalRecall: percentOf(assistant.refusalRecall),
    answeredOfAnswerable: 100 - Math.ceil(valueOf(assistant.falseRefusals) * 100 - 1e-9),
    citationF1: percent(citationF1(assistant)),
  },
});

/** One line per fall, per class without a threshold, and per threshold of a class that is not asked any more. */
export function findFalls(thresholds: Thresholds, score: Score): string[] {
  const reached = reachedBy(score);
  const falls = pairs(thresholds).flatMap(([name, least]) => {
    const now = new Map(pairs(reached)).get(name);
    if (now === undefined) return [`${name}: has a threshold of ${least}%, and is not asked`];
    return now < least ? [`${name}: ${now}%, at least ${least}% is asked for`] : [];
  });
  const known = new Set(pairs(thresholds).map(([name]) => name));
  const unknown = pairs(reached).filter(([name]) => !known.has(name));
  const leaks = score.assistant.leaks === 0 ? [] : [`leaks: ${score.assistant.leaks}, none is allowed`];
  return [...falls, ...unknown.map(([name]) => `${name}: has no threshold yet`), ...leaks];
}

/** What could be asked for now that is not yet. */
export const findRises = (thresholds: Thresholds, score: Score): string[] => {
  const before = new Map(pairs(thresholds));
  return pairs(reachedBy(score)).flatMap(([name, now]) => {
    const least = before.get(name) ?? 0;
    return now > least ? [`${name}: could be ${now}% (${least}%)`] : [];
  });
};

export function raise(thresholds: Thresholds, score: Score): Thresholds {
  const reached = reachedBy(score);
  const { measures } = reached;
  return {
    classes: Object.fromEntries(
      Object.entries(reached.classes).map(([name, { tuned, heldBack }]) => [
        name,
        {
          tuned: Math.max(tuned, thresholds.classes[name]?.tuned ?? 0),
          heldBack: Math.max(heldBack, thresholds.classes[name]?.heldBack ?? 0),
        },
      ]),
    ),
    measures: {
      daysRight: Math.max(measures.daysRight, thresholds.measures.daysRight),
      refusalRecall: Math.max(measures.refusalRecall, thresholds.measures.refusalRecall),
      answeredOfAnswerable: Math.max(measures.answeredOfAnswerable, thresholds.measures.answeredOfAnswerable),
      citationF1: Math.max(measures.citationF1, thresholds.measures.citationF1),
    },
  };
}

const pairs = ({ classes, measures }: Thresholds): (readonly [string, number])[] => [
  ...Object.entries(classes).flatMap(([name, { tuned, heldBack }]) => [
    [name, tuned] as const,
    [`${name}, held back`, heldBack] as const,
  ]),
  ...Object.entries(measures),
];
