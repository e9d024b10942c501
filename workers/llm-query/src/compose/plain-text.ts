/**
 * Makes text that somebody else wrote safe to stand in a chat message of ours: it cannot notify anyone, link
 * anywhere, show a picture or change the layout. Pure.
 */
export function plainText(text: string): string {
  return text
    .replace(LINK, '(link left out)')
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .trim()
    .replace(/[*_~`\\|<>]/gu, mark => `\\${mark}`)
    .replace(/\](?=[([])/gu, '] ')
    .replace(/:(?=\/\/)/gu, ': ')
    .replace(/@(?=[\p{L}\p{N}])/gu, '@\u200b');
}

/** Addresses that a chat client would turn into a link, with or without a scheme, and bare domains with a path. */
const LINK =
  /(?:!?\[[^\]]{0,200}\]\([^)]{0,500}\))|(?:\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s]+)|(?:\b(?:www\.)[^\s]+)|(?:\b(?:mailto|javascript|data|tel):[^\s]+)|(?:\b(?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|io|co|app|dev|info|biz|link|site|online|shop|xyz|me|ly|gl|de|fr|es|pt|it|uk|eu|us|ru|cn)(?:\/[^\s]*)?(?![\p{L}\p{N}.]))/giu;

/** Control characters, zero-width ones and those that turn the direction of writing. */
const INVISIBLE = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
