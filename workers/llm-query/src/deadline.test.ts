import { describe, expect, test } from 'vitest';
import { ANSWER_WITHIN_MS, answerBy, modelTimeoutMs, planTimeoutMs } from './deadline.ts';

describe('the eight seconds of a question', () => {
  test('count from its acceptance, and anew when it is taken up again', () => {
    expect(answerBy(1_000, 3_000, 1)).toBe(1_000 + ANSWER_WITHIN_MS);
    expect(answerBy(1_000, 60_000, 2)).toBe(60_000 + ANSWER_WITHIN_MS);
  });

  test('leave a model that uses up all its time room for the post', () => {
    const ends = Array.from({ length: 80 }, (_, index) => index * 100).map(
      now => now + (modelTimeoutMs(now, ANSWER_WITHIN_MS) ?? -now),
    );
    expect(Math.max(...ends)).toBe(ANSWER_WITHIN_MS - 1_500);
  });

  test('end in no call to the model at all', () => {
    expect(modelTimeoutMs(0, ANSWER_WITHIN_MS)).toBe(5_000);
    expect(modelTimeoutMs(6_400, ANSWER_WITHIN_MS)).toBeUndefined();
  });

  test('hold a plan and, where it came to nothing, an answer of the model as well', () => {
    expect(planTimeoutMs(0, ANSWER_WITHIN_MS)).toBe(2_000);
    expect(modelTimeoutMs(2_000, ANSWER_WITHIN_MS)).toBe(4_500);
    expect(planTimeoutMs(3_700, ANSWER_WITHIN_MS)).toBeUndefined();
  });
});
