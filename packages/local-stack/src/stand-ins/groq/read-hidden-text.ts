/**
 * What a text says to a reader who looks behind it: every way of hiding words that a large model can undo. Pure.
 */
export function readingsOf(text: string): string[] {
  const seen = [text, ...UNDO.map(undo => undo(text))].map(reading => reading.trim());
  return [...new Set(seen)].filter(reading => reading !== '');
}

const UNDO: readonly ((text: string) => string)[] = [
  text => text.replace(/[\u00ad\u200b-\u200f\u2060\u202a-\u202e]/gu, ''),
  text => text.normalize('NFKC').replace(/[асеіорѕху]/gu, letter => LOOK_ALIKES[letter] ?? letter),
  text => Array.from(text).toReversed().join(''),
  text => letters(text.match(/[\u{e0020}-\u{e007e}]/gu), tag => tag - 0xe_00_00),
  text => utf8(text.match(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu)?.map(byteOf) ?? []),
  text => text.replace(/&#(\d{1,7});/gu, (whole, code: string) => characterOf(Number(code)) ?? whole),
  text => text.replace(/(?:%[\da-f]{2})+/giu, run => utf8([...Buffer.from(run.replaceAll('%', ''), 'hex')])),
  text => text.replace(/[a-z]/giu, rotate),
  ...(['base64', 'hex'] as const).map(
    encoding => (text: string) =>
      [...text.matchAll(RUNS[encoding])].map(([run]) => Buffer.from(run, encoding).toString('utf8')).join(' '),
  ),
];

const RUNS = { base64: /[\w+/]{24,}={0,2}/gu, hex: /(?:[\da-f]{2}){12,}/giu };
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  с: 'c',
  е: 'e',
  і: 'i',
  о: 'o',
  р: 'p',
  ѕ: 's',
  х: 'x',
  у: 'y',
};

const codeOf = (character: string): number => character.codePointAt(0) ?? 0;
const characterOf = (code: number): string | undefined => (code <= 0x10_ff_ff ? String.fromCodePoint(code) : undefined);
const letters = (found: readonly string[] | null, map: (code: number) => number): string =>
  (found ?? []).map(character => String.fromCodePoint(map(codeOf(character)))).join('');
/** A byte in each variation selector: the first sixteen in one block, the rest in another. */
const byteOf = (selector: string): number => {
  const code = codeOf(selector);
  return code < 0xff_ff ? code - 0xfe_00 : code - 0xe_01_00 + 16;
};
const utf8 = (bytes: readonly number[]): string => Buffer.from(bytes).toString('utf8');
const rotate = (letter: string): string => {
  const base = letter <= 'Z' ? 65 : 97;
  return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
};
