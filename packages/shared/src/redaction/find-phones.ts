import type { Span } from './span.ts';

/**
 * Telephone numbers in a folded text: international ones, those with a leading zero, long ones, and short ones beside a
 * word for telephone. When a run of digits could be a number or something harmless, it goes: a missing number costs a
 * look at the booking, a leaked one costs trust. Pure; every pattern is bounded.
 */
const RUN = /(?<![\p{L}\p{N}_#/])(?:\+\s?|\(\+?)?\d(?:[\s().\-/]{0,3}\d){5,24}(?![\p{L}\p{N}_])/gu;

const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = '(?:19|20)\\d{2}';
/** With a year of two digits it may also be the half of a number: "06.12.34 56 78". */
const DATE =
  `(?:${YEAR}[-/.]${MONTH}[-/.]${DAY}|${DAY}[-/.] ?${DAY}[-/.] ?${YEAR}|${DAY}[-/.]${DAY}[-/.]\\d{2}(?!\\d|\\s\\d{2}\\s\\d{2})` +
  `|${YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))`;
const UUID = '[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}';
/** Dates, several in a row too, and identifiers of programs: no digit of these is dialled. */
const HARMLESS = new RegExp(
  `(?<![\\p{L}\\d+]|\\d[-/.])(?:${UUID}|${DATE}(?:[-/.\\s]{1,4}${DATE}){0,7})(?![\\p{L}\\d]|[-/.]\\d)`,
  'gu',
);
/** `1 250 000`, `12.500.000`: thousands, not a number to dial. Three groups of three are how half of Europe dials. */
const AMOUNT = /^[1-9]\d{0,1}(?:[ .]\d{3}){2}$/u;

const TELEPHONE =
  /(?:\b(?:tel(?:efon[eo]?|ephone|e?fonnummer|\.)?|phone|ph|mobile?|mob|cell|handy|nummer|rufnummer|anruf|whats ?app|wa|sms|call|ring|text|fax|movil|telemovel|portable|numero|appele[rz]?|llam(?:ar?|ame)|lig(?:ar?|ue)|contacto?)\b[^\p{N}\n]{0,16}|[\u260e\u{1f4de}\u{1f4f1}]\s?)$/u;
const REFERENCE =
  /\b(?:booking|reservation|confirmation|reference|ref|order|invoice|listing|property|thread|ticket|airbnb|vrbo|id|buchung(?:s(?:nummer|nr|code))?|bestatigung|rechnung(?:s(?:nummer|nr))?|reserva|factura|fatura|commande|facture)\b[^\p{N}\n]{0,20}$/u;
/** As far as such a word may stand before its number. */
const CONTEXT = 40;

/** `text`: folded, in small letters. */
export function findPhones(text: string): Span[] {
  const diallable = text.replace(HARMLESS, found => ';'.repeat(found.length));
  return [...diallable.matchAll(RUN)].flatMap(match => {
    const [run] = match;
    const start = match.index;
    return isPhone(run, diallable.slice(Math.max(0, start - CONTEXT), start))
      ? [{ start, end: start + run.length, mark: 'phone' as const }]
      : [];
  });
}

function isPhone(run: string, before: string): boolean {
  const digits = run.replace(/\D/gu, '').length;
  if (/^\(?\+/u.test(run)) return digits >= 7;
  const isCalled = TELEPHONE.test(before);
  if (AMOUNT.test(run)) return isCalled && digits >= 7;
  if (/^\(?0/u.test(run)) return digits >= 7;
  if (REFERENCE.test(before)) return false;
  return digits >= (isCalled ? 6 : 9);
}
