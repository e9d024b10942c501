import { describe, expect, it } from 'vitest';
import { tokenise } from '../tokens.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { phraseTable } from './phrase-table.ts';
import { portuguese } from './portuguese.ts';
import { spanish } from './spanish.ts';

const found = (pattern: string, text: string): string | undefined => {
  const tokens = tokenise(text);
  const to = phraseTable([['it', pattern]]).find(tokens, 0, () => true)?.to;
  return to === undefined ? undefined : text.slice(0, tokens[to - 1]?.end);
};

describe('a phrase pattern', () => {
  it.each([
    ['a|b c', 'b c d', 'b c'],
    ['a|b c', 'c b', undefined],
    ['(check|checks) in', 'checks in today', 'checks in'],
    ['(check|checks) in', 'check out', undefined],
    ['check in [today|right now]', 'check in right now please', 'check in right now'],
    ['check in [today|right now]', 'check in right away', 'check in'],
    ['[the] (list [of]|names)', 'list of guests', 'list of'],
    ['[the] (list [of]|names)', 'the names', 'the names'],
    ['[the] (list [of]|names)', 'the guests', undefined],
    ['check in', 'check-in time', 'check-in'],
    ['a (b|b c) c d', 'a b c d', 'a b c d'],
    ['a (b|b c) c d', 'a b c c d', 'a b c c d'],
    ['room[s|ing] (is|are)', 'rooms are', 'rooms are'],
    ['room[s|ing] (is|are)', 'room is', 'room is'],
    ['arriv(es|ing) [guest[s]]', 'arriving guests', 'arriving guests'],
    ['arriv(es|ing) [guest[s]]', 'arriv guests', undefined],
    ['in|in the house', 'in the house', 'in the house'],
  ])('%s finds in "%s": %s', (pattern, text, phrase) => {
    expect(found(pattern, text)).toBe(phrase);
  });

  it('is well formed in each language', () => {
    const patterns = [english, german, french, spanish, portuguese]
      .flatMap(({ tags, limits, dates }) => [...tags, ...limits, ...dates.rows])
      .map(([, pattern]) => pattern);
    expect(patterns.filter(pattern => !isWellFormed(pattern))).toEqual([]);
  });
});

/** Every bracket closes, and no alternative is empty. */
function isWellFormed(pattern: string): boolean {
  const brackets = /\([^()[\]]*\)|\[[^()[\]]*\]/gu;
  let rest = pattern;
  for (let inner = rest; ; inner = rest) {
    rest = inner.replace(brackets, 'x');
    if (rest === inner) break;
  }
  return !/[()[\]]/u.test(rest) && !/\|\||[(|[]\)|^\||\|$|[([]\|/u.test(pattern);
}
