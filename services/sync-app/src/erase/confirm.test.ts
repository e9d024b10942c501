import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { confirmGuest } from './confirm.ts';

async function typed(words: string, isTTY: boolean): Promise<{ confirmed: boolean; asked: string }> {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  input.end(`${words}\n`);
  const confirmed = await confirmGuest('guest-1', input, output);
  return { confirmed, asked: String(output.read() ?? '') };
}

test.each([
  ['guest-1', true],
  [' guest-1 ', true],
  ['yes', false],
  ['', false],
  ['guest-10', false],
])('on a terminal %j typed erases: %s', async (words, confirmed) => {
  const answer = await typed(words, true);
  expect(answer.confirmed).toBe(confirmed);
  expect(answer.asked).toContain('guest-1');
});

test('a script is not asked', async () => {
  expect(await typed('', false)).toEqual({ confirmed: true, asked: '' });
});
