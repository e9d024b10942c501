import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTypingErrorOf } from './typing-errors.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
const word = fc.array(fc.constantFrom(...letters), { minLength: 2, maxLength: 12 }).map(found => found.join(''));
type Slip = { readonly kind: 'drop' | 'double' | 'replace' | 'swap'; readonly at: number; readonly letter: string };
const slip: fc.Arbitrary<Slip> = fc.record({
  kind: fc.constantFrom('drop', 'double', 'replace', 'swap'),
  at: fc.nat({ max: 11 }),
  letter: fc.constantFrom(...letters),
});

function withSlip(text: string, { kind, at, letter }: Slip): string {
  const here = at % text.length;
  const [before, after] = [text.slice(0, here), text.slice(here + 1)];
  if (kind === 'drop') return before + after;
  if (kind === 'double') return before + letter + text.slice(here);
  if (kind === 'replace') return before + letter + after;
  return before + (after[0] ?? '') + (text[here] ?? '') + after.slice(1);
}

describe('typing errors', () => {
  it('one slip is one error', () => {
    fc.assert(
      fc.property(word, slip, (meant, made) => {
        expect(isTypingErrorOf(withSlip(meant, made), meant, 1)).toBe(true);
      }),
    );
  });

  it('what is within one error is within two, in both directions', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(isTypingErrorOf(one, other, 2) || !isTypingErrorOf(one, other, 1)).toBe(true);
        expect(isTypingErrorOf(one, other, 2)).toBe(isTypingErrorOf(other, one, 2));
      }),
    );
  });

  it.each([
    ['tommorow', 'tomorrow', 2, true],
    ['tommorow', 'tomorrow', 1, false],
    ['arival', 'arrival', 1, true],
    ['frdiay', 'friday', 1, true],
    ['maria', 'marina', 0, false],
    ['cat', 'garden', 2, false],
  ])('%s for %s within %i: %s', (typed, meant, errorsMax, expected) => {
    expect(isTypingErrorOf(typed, meant, errorsMax)).toBe(expected);
  });
});
