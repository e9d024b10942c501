import { describe, expect, test } from 'vitest';
import { makeWorld } from '../world/make-world.ts';
import { askQuestions } from './ask-questions.ts';
import { LANGUAGES } from './asked.ts';
import { CLASSES } from './classes.ts';

describe('the questions', () => {
  const questions = askQuestions(makeWorld(7));

  test('are the same for a seed, more than a thousand, and of every class and language', () => {
    expect(askQuestions(makeWorld(7)).map(({ id, text }) => `${id} ${text}`)).toEqual(
      questions.map(({ id, text }) => `${id} ${text}`),
    );
    expect(questions.length).toBeGreaterThan(1_000);
    expect(new Set(questions.map(({ className }) => className))).toEqual(new Set(CLASSES.map(({ name }) => name)));
    expect(new Set(questions.map(({ language }) => language))).toEqual(new Set(LANGUAGES));
  });

  test('leave no gap open', () => {
    expect(questions.filter(({ text }) => /\{\w+\}/u.test(text)).map(({ text }) => text)).toEqual([]);
  });

  test('hold back a third of the phrasings, the same ones in every world, and some of each class', () => {
    const heldBack = (asked: typeof questions): Set<string> =>
      new Set(asked.flatMap(({ phrasing, isHeldBack }) => (isHeldBack ? [phrasing] : [])));
    const here = heldBack(questions);
    const elsewhere = heldBack(askQuestions(makeWorld(8)));
    const phrasings = new Set(questions.map(({ phrasing }) => phrasing));
    expect(here.size / phrasings.size).toBeGreaterThan(0.28);
    expect(here.size / phrasings.size).toBeLessThan(0.38);
    expect([...elsewhere].filter(phrasing => phrasings.has(phrasing) && !here.has(phrasing))).toEqual([]);
    for (const name of new Set(questions.map(({ className }) => className))) {
      expect(questions.some(({ className, isHeldBack }) => className === name && isHeldBack)).toBe(true);
    }
  });
});
