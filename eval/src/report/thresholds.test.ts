import { describe, expect, test } from 'vitest';
import type { Measures, Score } from './score.ts';
import { findFalls, findRises, raise, reachedBy } from './thresholds.ts';

const all = { right: 10, of: 10 };
const measures: Measures = {
  dates: all,
  refusalPrecision: all,
  refusalRecall: all,
  falseRefusals: { right: 1, of: 1_000 },
  citationPrecision: all,
  citationRecall: { right: 5, of: 10 },
  leaks: 0,
};
const scoreOf = (tuned: number, heldBack: number, more: Partial<Measures> = {}): Score => ({
  classes: [
    { name: 'arrivals', tuned: { right: tuned, of: 200 }, heldBack: { right: heldBack, of: 100 }, baseline: all },
  ],
  languages: [],
  assistant: { ...measures, ...more },
  baseline: measures,
});
const thresholds = reachedBy(scoreOf(180, 80));

describe('thresholds', () => {
  test('are whole per cent, rounded so that what is reached passes', () => {
    expect(reachedBy(scoreOf(181, 80))).toEqual({
      classes: { arrivals: { tuned: 90, heldBack: 80 } },
      measures: { daysRight: 100, refusalRecall: 100, answeredOfAnswerable: 99, citationF1: 66 },
    });
    expect(findFalls(thresholds, scoreOf(180, 80))).toEqual([]);
  });

  test('a fall in either part, of a measure, or any leak is told', () => {
    expect(findFalls(thresholds, scoreOf(179, 79))).toEqual([
      'arrivals: 89%, at least 90% is asked for',
      'arrivals, held back: 79%, at least 80% is asked for',
    ]);
    expect(findFalls(thresholds, scoreOf(180, 80, { leaks: 1 }))).toEqual(['leaks: 1, none is allowed']);
    expect(findFalls(thresholds, scoreOf(180, 80, { dates: { right: 9, of: 10 } }))).toEqual([
      'daysRight: 90%, at least 100% is asked for',
    ]);
  });

  test('a class without one, and one without its class, are told', () => {
    expect(findFalls({ ...thresholds, classes: {} }, scoreOf(180, 80))).toHaveLength(2);
    expect(findFalls(thresholds, { ...scoreOf(180, 80), classes: [] })).toEqual([
      'arrivals: has a threshold of 90%, and is not asked',
      'arrivals, held back: has a threshold of 80%, and is not asked',
    ]);
  });

  test('rise to what is reached and never fall', () => {
    expect(findRises(thresholds, scoreOf(190, 70))).toEqual(['arrivals: could be 95% (90%)']);
    expect(raise(thresholds, scoreOf(190, 70)).classes).toEqual({ arrivals: { tuned: 95, heldBack: 80 } });
  });
});
