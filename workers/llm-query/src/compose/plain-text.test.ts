import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainName, plainText } from './plain-text.ts';

const UNSAFE = /@|\]\(|[\n\r]|\w:\/\/\w|[*~`<>\\“”]|(?!\ufe0f)\p{Default_Ignorable_Code_Point}/u;

describe('plainText', () => {
  test.each([
    ['@all come here', '＠all come here'],
    ['Mia *Larsen*', 'Mia ∗Larsen∗'],
    ['a_b ~c~ `d`', 'a_b ∼c∼ ˋdˋ'],
    ['see [here](http://evil.example/x) now', 'see (link left out) now'],
    ['![x](https://a.example/p.png?q=1)', '(link left out)'],
    ['go to www.evil.example', 'go to (link left out)'],
    ['go to evil.com/path or evil.io', 'go to (link left out) or (link left out)'],
    ['javascript:alert(1)', '(link left out)'],
    ['line\none\r\ntwo\u2028three', 'line one two three'],
    ['a\u202eb\u200bc\u0000d', 'abcd'],
    ['<b>x</b>', '‹b›x‹/b›'],
    ['[x] (y)', '[x] (y)'],
    ['at 15:30, e.g. the 3.5 rooms', 'at 15:30, e.g. the 3.5 rooms'],
    ["Zoë O'Brien-Núñez", "Zoë O'Brien-Núñez"],
    ['so long_ _x_ a||b|| \\(y\\)', 'so longˍ ˍxˍ a|b| ∖(y∖)'],
    ['evil\u200b.com and example.tk, Thanks.Bye', '(link left out) and example. tk, Thanks. Bye'],
    ['x\u{e0041}\u{e0042}\ufe01\u{e0101}\u061c\u3164y', 'xy'],
    ['he said “no” „ja“', 'he said "no" "ja"'],
    [`h${'\u0301'.repeat(40)}i`, `h${'\u0301'.repeat(3)}i`],
    ['🎉 ❤️', '🎉 ❤️'],
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
          fc.array(fc.nat(0x10ffff)).map(points => String.fromCodePoint(...points)),
          fc.array(piece).map(parts => parts.join('')),
        ),
        text => {
          const safe = plainText(text);
          expect(safe).not.toMatch(UNSAFE);
        },
      ),
    );
  });
});

describe('plainName', () => {
  test('leaves out what a name has no need of', () => {
    expect(plainName('Mia Larsen +44 20 7946 0188')).not.toMatch(/7946/u);
    expect(plainName('Loft (door code 4711)')).not.toMatch(/4711/u);
    expect(plainName('Sea View 12')).toBe('Sea View 12');
  });

  test('cuts what is no name any more, never inside a sign', () => {
    expect(plainName('x'.repeat(5_000))).toBe(`${'x'.repeat(120)}…`);
    expect(plainName(`${'x'.repeat(119)}🎉🎉`).isWellFormed()).toBe(true);
  });
});
