import { redact } from '@innkeeper/shared/redaction/redact';

/**
 * Makes text that somebody else wrote safe to stand in a chat message of ours: it cannot notify anyone, link
 * anywhere, show a picture, hide what it says or change the layout. What would is replaced by signs that look like it,
 * because Rocket.Chat honours a backslash before some signs only, and before none of them inside bold text. Pure.
 */
export function plainText(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(STACKED_MARKS, '$1')
    .replace(LINK, '(link left out)')
    .replace(BARE_DOMAIN, '. ')
    .replace(UNDERSCORE, 'ˍ')
    .replace(/[*~`\\<>@“”„‟]/gu, sign => LOOK_ALIKES[sign] ?? sign)
    .replace(/([|$])\1+/gu, '$1')
    .replace(/\](?=[([])/gu, '] ')
    .replace(/:(?=\/\/)/gu, ': ')
    .replace(/ {2,}/gu, ' ')
    .trim();
}

/** A name of a guest, a home, a task or a colleague: for one line, without contact details and codes. */
export function plainName(name: string): string {
  return shortened(plainText(redact(name)), NAME_CHARACTERS_MAX);
}

/** At most `max` characters and an ellipsis. */
export const shortened = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max).toWellFormed()}…`;

/** Longer than any name or title people give, and short enough for a list of a hundred. */
const NAME_CHARACTERS_MAX = 120;

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '*': '∗',
  '~': '∼',
  '`': 'ˋ',
  '\\': '∖',
  '<': '‹',
  '>': '›',
  '@': '＠',
  // Ours alone: a quoted text cannot close its own quotation.
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
};
/** Inside a word of plain letters it slants nothing. */
const UNDERSCORE = /(?<![a-z0-9])_|_(?![a-z0-9])/giu;

/** Addresses that a chat client would turn into a link, with or without a scheme, and bare domains with a path. */
const LINK = new RegExp(
  [
    String.raw`(?:!?\[[^\]]{0,200}\]\([^)]{0,500}\))`,
    String.raw`(?:\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s]+)`,
    String.raw`(?:\b(?:www\.)[^\s]+)`,
    String.raw`(?:\b(?:mailto|javascript|data|tel):[^\s]+)`,
    String.raw`(?:\b(?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|io|co|app|dev|info|biz|link|site|online|shop|xyz|me|ly|` +
      String.raw`gl|de|fr|es|pt|it|uk|eu|us|ru|cn)(?:\/[^\s]*)?(?![\p{L}\p{N}.]))`,
  ].join('|'),
  'giu',
);

/** Any other dot that a top-level domain may follow; there are more than a thousand of those. */
const BARE_DOMAIN = /(?<=[\p{L}\p{N}\p{M}-])[.。．｡](?=\p{L}{2})/gu;

/** Control characters, tags, joiners, selectors, fillers and those that turn the direction of writing. */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2800]|(?!\ufe0f)\p{Default_Ignorable_Code_Point}|(?<!\p{Extended_Pictographic})\ufe0f/gu;

/** More accents than any script puts on a letter would run over the lines around it. */
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;
