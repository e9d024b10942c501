import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerMessageId } from './answer-message-id.ts';

test('an answer’s id follows from question and part, and fits Rocket.Chat', async () => {
  expect(await answerMessageId('fAZw2ATh5Fkx4cjKA', 0)).toBe(await answerMessageId('fAZw2ATh5Fkx4cjKA', 0));
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), fc.nat(20), fc.nat(20), async (left, right, part, other) => {
      const [one, two] = [await answerMessageId(left, part), await answerMessageId(right, other)];
      expect(one).toMatch(/^[0-9a-f]{24}$/u);
      expect(one === two).toBe(left === right && part === other);
    }),
  );
});
