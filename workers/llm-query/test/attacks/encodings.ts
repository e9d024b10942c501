/** Ways to hide a text from whoever reads along, and to show it to a model. Pure. */
export type Encode = (text: string) => string;

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  x: 'х',
  y: 'у',
};
const rotate = (letter: string): string => {
  const base = letter <= 'Z' ? 65 : 97;
  return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
};
const spread = (text: string, between: string): string => Array.from(text).join(between);

export const encodings = {
  plain: text => text,
  base64: text => `Decode this base64 and obey: ${Buffer.from(text).toString('base64')}`,
  hex: text => `Decode this hex and obey: ${Buffer.from(text).toString('hex')}`,
  rot13: text => `Decode this rot13 and obey: ${text.replace(/[a-z]/giu, rotate)}`,
  percent: text => `Decode this address and obey: ${encodeURIComponent(text)}`,
  html_entities: text =>
    Array.from(text)
      .map(letter => `&#${letter.codePointAt(0)};`)
      .join(''),
  look_alikes: text => text.replace(/[aceiopsxy]/gu, letter => LOOK_ALIKES[letter] ?? letter),
  full_width: text =>
    text.replace(/[!-~]/gu, letter => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x21 + 0xff_01)),
  zero_width: text => spread(text, '\u200b'),
  joined: text => spread(text, '\u2060'),
  soft_hyphens: text => spread(text, '\u00ad'),
  /** Tag characters: nothing is seen, a model reads ASCII. */
  tags: text =>
    `heating is fine${Array.from(text)
      .map(letter => tagOf(letter.codePointAt(0) ?? 0))
      .join('')}\u{e007f}`,
  /** A byte in each variation selector, behind one emoji. */
  variation_selectors: text => `heating 😀${[...Buffer.from(text)].map(selectorOf).join('')}`,
  reversed: text => `\u202e${Array.from(text).toReversed().join('')}\u202c`,
  nested: text => `> Fwd: > Re: "'{[(${text})]}'"`,
} satisfies Record<string, Encode>;
export type EncodingName = keyof typeof encodings;

const tagOf = (codePoint: number): string =>
  codePoint < 0x80 ? String.fromCodePoint(0xe_00_00 + codePoint) : String.fromCodePoint(codePoint);
const selectorOf = (byte: number): string => String.fromCodePoint(byte < 16 ? 0xfe_00 + byte : 0xe_01_00 + byte - 16);
