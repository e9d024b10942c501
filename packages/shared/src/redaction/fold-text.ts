/**
 * A text as detectors read it: one kind of digit, letter, dash and space, nothing invisible, no accents. Each place in it
 * knows its place in the original, so that what is found can be taken out of the text as it was written. Pure, linear.
 */
export interface FoldedText {
  readonly text: string;
  /** The same in small letters, place by place. */
  readonly lower: string;
  /** Where the character at `index` begins in the original; the original's length behind the last one. */
  origin(index: number): number;
}

const ASCII = /^[\n\r\t\x20-\x7e]*$/u;

export function foldText(original: string): FoldedText {
  if (ASCII.test(original)) return { text: original, lower: original.toLowerCase(), origin: index => index };
  const folded: string[] = [];
  const origins: number[] = [];
  let at = 0;
  for (const character of original) {
    const plain = foldCharacter(character);
    for (let unit = 0; unit < plain.length; unit += 1) origins.push(at);
    folded.push(plain);
    at += character.length;
  }
  origins.push(at);
  const text = folded.join('');
  return { text, lower: lowerCase(text), origin: index => origins[index] ?? at };
}

/** Some letters grow when they are made small; those stay. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, letter =>
    letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter,
  ).join('');
}

/** Characters that show nothing: joiners, marks of direction, soft hyphens, variation selectors, keycaps, accents. */
const INVISIBLE = /^[\p{Cf}\p{M}\u200b]$/u;
const DASH = /^[\p{Pd}\u2212]$/u;
const FULL_STOP = /^[\u3002\u2024\uff61]$/u;
const SPACE = /^\p{Z}$/u;

function foldCharacter(character: string): string {
  if (character.length === 1 && character.charCodeAt(0) < 0x80) return character;
  if (INVISIBLE.test(character)) return '';
  if (DASH.test(character)) return '-';
  if (SPACE.test(character)) return ' ';
  if (FULL_STOP.test(character)) return '.';
  if (isDigit(character)) return String(valueOf(character.codePointAt(0) ?? 0));
  const plain = character.normalize('NFKD').replace(/\p{M}/gu, '');
  return /^[\x21-\x7e]$/u.test(plain) ? plain : (LATIN_LOOK_ALIKES.get(character) ?? character);
}

/** Cyrillic and Greek letters that nobody tells from Latin ones: "cоde" hides as well as "c0de". */
const LATIN_LOOK_ALIKES = new Map(
  'aаα bЬ cс dԁ eе hһ iі jј lӏ oоοσ pрρ qԛ sѕ uυ vѵν wԝ xхχ yуγ AАΑ BВΒ CС EЕΕ HНΗ IІΙ JЈ KКΚ MМΜ NΝ OОΟ PРΡ SЅ TТΤ XХΧ YҮΥ ZΖ'
    .split(' ')
    .flatMap(([latin = '', ...others]) => others.map((other): [string, string] => [other, latin])),
);

const isDigit = (character: string): boolean => /^\p{Nd}$/u.test(character);

/** Every script's ten digits stand in a row, zero first; only the mathematical ones follow each other directly. */
function valueOf(codePoint: number): number {
  if (codePoint >= 0x1d7ce && codePoint <= 0x1d7ff) return (codePoint - 0x1d7ce) % 10;
  let value = 0;
  while (value < 9 && isDigit(String.fromCodePoint(codePoint - value - 1))) value += 1;
  return value;
}
