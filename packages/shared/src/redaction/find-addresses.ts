import type { Span } from './span.ts';

/** E-mail addresses and credentials in a folded text. Pure; every pattern is bounded. */
const LOCAL_AT_END = /[\p{L}\p{N}._%+'-]{1,64}$/u;
const LOCAL_MAX = 64;
const LABEL = String.raw`[\p{L}\p{N}-]{1,63}`;
/** Signs that are an at and nothing else, and those that only are in an address. */
const AT =
  /\s{0,3}(?:@|[([{<]\s?(?:at|@|a|arroba|arobase|klammeraffe)\s?[)\]}>])\s{0,3}|\s{1,3}(?<word>at|arroba|arobase|klammeraffe)\s{1,3}/gu;
const DOT_SIGN = String.raw`(?:\s?[(\[{<]\s?(?:dot|\.|punkt|punto|point|ponto)\s?[)\]}>]\s?|\s\.\s|\.)`;
const DOT_WORD = String.raw`\s{1,3}(?:dot|punkt|punto|point|ponto)\s{1,3}`;
const DOMAIN = new RegExp(`${LABEL}(?:(?:${DOT_SIGN}|${DOT_WORD})${LABEL}){1,5}`, 'uy');
/** With only a word for the at, the dots are words, too: "look at example.com" is nobody's address. */
const DOMAIN_IN_WORDS = new RegExp(`${LABEL}(?:${DOT_WORD}${LABEL}){1,3}`, 'uy');

/** `lower`: folded, in small letters. */
export function findEmails(lower: string): Span[] {
  return [...lower.matchAll(AT)].flatMap(({ index, 0: at, groups }): Span[] => {
    const local = LOCAL_AT_END.exec(lower.slice(Math.max(0, index - LOCAL_MAX), index))?.[0];
    const domain = groups?.['word'] === undefined ? DOMAIN : DOMAIN_IN_WORDS;
    domain.lastIndex = index + at.length;
    const found = domain.exec(lower)?.[0];
    if (local === undefined || found === undefined) return [];
    return [{ start: index - local.length, end: index + at.length + found.length, mark: 'email' }];
  });
}

/** Webhook secrets, API keys, bearer tokens and JSON Web Tokens by their published prefixes. */
const CREDENTIAL = new RegExp(
  String.raw`(?<![\w-])(?:whsec_[\w+/=-]{8,500}|(?:gsk|sk|pk|rk)_[\w-]{16,500}|sk-[\w-]{16,500}|gh[pousr]_\w{20,500}` +
    String.raw`|github_pat_\w{20,500}|AIza[\w-]{20,500}|AKIA[A-Z\d]{16}|xox[abprs]-[\w-]{10,500}|glpat-[\w-]{16,500}` +
    String.raw`|eyJ[\w-]{8,4000}\.[\w-]{8,8000}(?:\.[\w-]{0,4000})?|(?:Bearer|Basic)\s{1,3}[\w.~+/=-]{12,8000})`,
  'gu',
);

export const findCredentials = (text: string): Span[] =>
  [...text.matchAll(CREDENTIAL)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
    mark: 'secret',
  }));
