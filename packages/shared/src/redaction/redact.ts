import { findAccessCodes } from './find-access-codes.ts';
import { findCredentials, findEmails } from './find-addresses.ts';
import { findCards } from './find-cards.ts';
import { findPhones } from './find-phones.ts';
import { type FoldedText, foldText } from './fold-text.ts';
import { MARKS, type Span } from './span.ts';

type Detector = (folded: FoldedText) => Span[];

/** Most texts have no digit, and then nothing that is made of them. */
const amongDigits =
  (detect: Detector): Detector =>
  folded =>
    /\d/u.test(folded.text) ? detect(folded) : [];

/** In the order in which they may claim a place. */
const SECRETS: readonly Detector[] = [
  ({ text }) => findCredentials(text),
  amongDigits(({ text }) => findCards(text)),
  amongDigits(({ lower }) => findAccessCodes(lower)),
];
const EVERYTHING: readonly Detector[] = [
  ({ lower }) => findEmails(lower),
  ...SECRETS,
  amongDigits(({ lower }) => findPhones(lower)),
];

/**
 * Takes out of a text what must never reach a vector, a prompt or a log: payment cards, e-mail addresses, telephone
 * numbers, credentials, and the codes that open doors, however they are disguised. Pure, linear in the text's length,
 * idempotent: what it leaves in place is never matched again. Wi-Fi and parking words are ordinary facts and stay.
 */
export const redact = (text: string): string => takeOut(text, EVERYTHING);

/**
 * Only what must not even rest in the private store: cards, credentials, codes that open doors. Addresses and numbers
 * of guests stay, because linking callers to guests needs them.
 */
export const redactSecrets = (text: string): string => takeOut(text, SECRETS);

/** What is taken out may bring two harmless halves together; a third pass has never been needed. */
const PASSES_MAX = 4;

function takeOut(text: string, detectors: readonly Detector[]): string {
  let current = text;
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    const next = takeOutOnce(current, detectors);
    if (next === current) return current;
    current = next;
  }
  return current;
}

function takeOutOnce(text: string, detectors: readonly Detector[]): string {
  const folded = foldText(text);
  const claimed: Span[] = [];
  const taken = new Uint8Array(folded.text.length);
  for (const detect of detectors) {
    for (const span of detect(folded)) {
      if (taken.subarray(span.start, span.end).includes(1)) continue;
      taken.fill(1, span.start, span.end);
      claimed.push(span);
    }
  }
  if (claimed.length === 0) return text;
  let rest = '';
  let from = 0;
  for (const { start, end, mark } of claimed.sort((left, right) => left.start - right.start)) {
    rest += text.slice(from, folded.origin(start)) + MARKS[mark];
    from = folded.origin(end - 1) + lengthAt(text, folded.origin(end - 1));
  }
  return rest + text.slice(from);
}

/** Of the character there, which may be two units long. */
const lengthAt = (text: string, index: number): number => ((text.codePointAt(index) ?? 0) > 0xff_ff ? 2 : 1);
