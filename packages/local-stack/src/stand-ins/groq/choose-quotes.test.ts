import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { user } from './__fixtures__/prompts.ts';
import { chooseQuotes } from './choose-quotes.ts';
import { readPrompt } from './read-prompt.ts';

const { sources } = readPrompt(user);
const quotesFor = (question: string) => chooseQuotes({ sources, question }).map(claim => claim.quote);

describe('chooseQuotes', () => {
  it.each([
    [
      'what did the guest in the Garden Studio say about the heating?',
      ['The heating in the bedroom does not work since 7:30.'],
    ],
    ['what did the guest say about parking?', ['Parking is booked.']],
    ['are dogs allowed in the Garden Studio?', ['Dogs are welcome.']],
    ['who complained about heating?', ['The heating in the bedroom does not work since 7:30.']],
  ])('%s', (question, quotes) => {
    expect(quotesFor(question)).toEqual(quotes);
  });

  it.each([
    'is there a swimming pool in the Garden Studio?',
    'does anybody sell opera tickets?',
    'is parking free in the Garden Studio?',
    'what is it?',
    '',
  ])('gives up on: %s', question => {
    expect(quotesFor(question)).toEqual([]);
  });

  it('only ever quotes verbatim, under the number of the source', () => {
    const text = fc.lorem({ maxCount: 3, mode: 'sentences' });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), text, (texts, question) => {
        const given = texts.map((body, index) => ({ id: String(index + 1), about: '', text: body }));
        for (const claim of chooseQuotes({ sources: given, question })) {
          expect(given.find(source => source.id === claim.sourceId)?.text).toContain(claim.quote);
        }
      }),
    );
  });
});
