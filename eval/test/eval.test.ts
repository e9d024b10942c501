import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failureLines } from '../src/report/print-report.ts';
import { scoreOf } from '../src/report/score.ts';
import { findFalls, Thresholds } from '../src/report/thresholds.ts';
import { runEvaluation } from '../src/run-evaluation.ts';
import { deterministicParts } from '../src/run-parts.ts';
import { SEED } from '../src/seed.ts';

/** The whole evaluation without a model. What fell is named; `./dev eval --class NAME --failures` shows why. */
const thresholds = Thresholds.parse(JSON.parse(readFileSync(new URL('../thresholds.json', import.meta.url), 'utf8')));

test('the assistant answers as well as it ever did, leaks nothing, and beats five nearest texts', {
  timeout: 120_000,
}, async () => {
  const { outcomes } = await runEvaluation({ seed: SEED, ...deterministicParts() });
  const score = scoreOf(outcomes);
  const falls = findFalls(thresholds, score);
  // Those to phrasings held back are for nobody's eyes who tunes.
  const shown = outcomes.filter(({ asked }) => !asked.isHeldBack);
  if (falls.length > 0) for (const line of failureLines(shown)) console.log(line);
  expect(falls).toEqual([]);
  const rightOf = (of: 'judgement' | 'baseline'): number =>
    outcomes.filter(outcome => (of === 'judgement' ? outcome.judgement : outcome.baseline.judgement).verdict.isRight)
      .length;
  expect(rightOf('judgement')).toBeGreaterThan(5 * rightOf('baseline'));
});
