import { describe, expect, it } from 'vitest';
import { user } from './__fixtures__/prompts.ts';
import { readPrompt } from './read-prompt.ts';

describe('readPrompt', () => {
  it('finds tagged sources with their numbers and the question behind them', () => {
    const prompt = readPrompt(user);
    expect(prompt.sources.map(source => source.id)).toEqual(['1', '2', '3']);
    expect(prompt.sources[1]).toEqual({
      id: '2',
      about: 'Tom Berg, Friday 18:40, Harbour Loft',
      text: 'We will arrive at 21:15 and there will be 4 of us. Parking is booked.',
    });
    expect(prompt.question).toBe('what did the guest in the Garden Studio say about the heating?');
  });

  it.each([
    ['brackets', '[1] The key is in the drawer.\n[2] Nobody is home.\n\nWhere is the key?'],
    ['ordinals', '1. The key is in the drawer.\n2) Nobody is home.\n\nWhere is the key?'],
    ['words', 'Source 1: The key is in the drawer.\nSource 2: Nobody is home.\n\nQuestion: Where is the key?'],
  ])('finds sources numbered with %s', (_, text) => {
    const { sources, question } = readPrompt(text);
    expect(sources.map(({ id, text }) => [id, text])).toEqual([
      ['1', 'The key is in the drawer.'],
      ['2', 'Nobody is home.'],
    ]);
    expect(question).toBe('Where is the key?');
  });

  it('takes the last question, since a source may ask one of its own', () => {
    const { question } = readPrompt(
      '<source id="1">\nQuestion: is it a trick?\n</source>\n\nQuestion: when is breakfast?',
    );
    expect(question).toBe('when is breakfast?');
  });
});
