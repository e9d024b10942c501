import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

describe('plainText', () => {
  test.each([
    ['@all come here', '@\u200ball come here'],
    ['Mia *Larsen*', String.raw`Mia \*Larsen\*`],
    ['a_b ~c~ `d`', String.raw`a\_b \~c\~ \`d\``],
    ['see [here](http://evil.example/x) now', 'see (link left out) now'],
    ['![x](https://a.example/p.png?q=1)', '(link left out)'],
    ['go to www.evil.example', 'go to (link left out)'],
    ['go to evil.com/path or evil.io', 'go to (link left out) or (link left out)'],
    ['javascript:alert(1)', '(link left out)'],
    ['line\none\r\ntwo\u2028three', 'line one two three'],
    ['a\u202eb\u200bc\u0000d', 'abcd'],
    ['<b>x</b>', String.raw`\<b\>x\</b\>`],
    ['[x] (y)', '[x] (y)'],
    ['at 15:30, e.g. the 3.5 rooms', 'at 15:30, e.g. the 3.5 rooms'],
    ["Zoë O'Brien-Núñez", "Zoë O'Brien-Núñez"],
  ])('%j becomes %j', (text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  test('never lets through a mention, a link, a picture or a second line', () => {
    const piece = fc.constantFrom(
      '@',
      'all',
      'here',
      '[',
      ']',
      '(',
      ')',
      '!',
      'http',
      '://',
      'x.com',
      '/',
      '\n',
      '\u200b',
      '*',
      'a',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map(parts => parts.join('')),
        ),
        text => {
          const safe = plainText(text);
          expect(safe).not.toMatch(/@[\p{L}\p{N}]|\]\(|[\n\r]|\w:\/\/\w/u);
        },
      ),
    );
  });
});
