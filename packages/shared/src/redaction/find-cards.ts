import type { Span } from './span.ts';

/**
 * Payment cards in a folded text: 13 to 19 digits that begin like a card and check by Luhn's rule, in one piece, in groups
 * or with words in between, with an O or an l for a digit. Pure; each group is the start of at most nineteen attempts.
 */
interface Group {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
}

/** Letters that stand for digits only in the company of digits. */
const GROUP = /(?<![A-Za-z0-9])[0-9OoIl|]{1,19}(?![A-Za-z0-9])/gu;
const DIGITS_MIN = 13;
const DIGITS_MAX = 19;

export function findCards(text: string): Span[] {
  const groups = [...text.matchAll(GROUP)].flatMap(groupOf);
  const spans: Span[] = [];
  let next = 0;
  for (let first = 0; first < groups.length; first += 1) {
    if (first < next) continue;
    const last = lastGroupOfCard(text, groups, first);
    const [start, end] = [groups[first]?.start, last === undefined ? undefined : groups[last]?.end];
    if (last === undefined || start === undefined || end === undefined) continue;
    spans.push({ start, end, mark: 'card' });
    next = last + 1;
  }
  return spans;
}

/** Whether digits alone are a card's number. */
export const isCardNumber = (digits: string): boolean =>
  digits.length >= DIGITS_MIN &&
  digits.length <= DIGITS_MAX &&
  /^(?:[3-6]|2[2-7])/u.test(digits) && // Visa, Mastercard, American Express, Diners, JCB, Discover, UnionPay, Maestro
  passesLuhn(digits);

function groupOf(match: RegExpMatchArray): Group[] {
  const [word] = match;
  const start = match.index ?? 0;
  if (!/\d/u.test(word)) return [];
  const digits = word.replace(/[Oo]/gu, '0').replace(/[Il|]/gu, '1');
  return [{ start, end: start + word.length, digits }];
}

/** The longest run of groups from `first` that is a card. */
function lastGroupOfCard(text: string, groups: readonly Group[], first: number): number | undefined {
  let digits = '';
  let card: number | undefined;
  const taken: Group[] = [];
  for (let last = first; last < groups.length; last += 1) {
    const group = groups[last];
    const before = taken.at(-1);
    if (group === undefined || digits.length + group.digits.length > DIGITS_MAX) break;
    if (before !== undefined && !mayBelongTogether(text.slice(before.end, group.start), before, group)) break;
    taken.push(group);
    digits += group.digits;
    if (isCardNumber(digits) && isGroupedLikeCard(taken)) card = last;
  }
  return card;
}

const SEPARATORS = /^[\s.\-/_*·,()]{1,4}$/u;
/** Some words, but no more than that and no line of its own: "4111, then 1111". */
const WORDS_BETWEEN_MAX = 16;

const mayBelongTogether = (between: string, before: Group, after: Group): boolean =>
  SEPARATORS.test(between) ||
  (between.length <= WORDS_BETWEEN_MAX && before.digits.length >= 4 && after.digits.length >= 4);

/** Dates and prices in a row have groups of two and of three: a card's are large, or all of one size. */
function isGroupedLikeCard(groups: readonly Group[]): boolean {
  const sizes = groups.map(({ digits }) => digits.length);
  const [size] = sizes;
  return sizes.every(one => one >= 4) || sizes.slice(0, -1).every(one => one === size && one !== 3);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
