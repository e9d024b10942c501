import { redact } from '@innkeeper/shared/redaction/redact';

const encoder = new TextEncoder();

const ADDRESS = /:\/\/|^\//u;

/** The query of an address may hold keys and names of people. */
const withoutQuery = (word: string): string => {
  const begin = word.search(ADDRESS);
  const length = begin === -1 ? -1 : word.slice(begin).search(/[?#]/u);
  return length === -1 ? word : `${word.slice(0, begin + length)}?…`;
};

/** Cloud Logging takes no half of a surrogate pair. */
const withoutQueries = (text: string): string => text.toWellFormed().replaceAll(/[^\s"<>]+/gu, withoutQuery);

/** At most `bytesMax` of UTF-8 and what says how much is missing. Pure. */
export function boundText(text: string, bytesMax: number): string {
  const plain = withoutQueries(text);
  const { read } = encoder.encodeInto(plain, new Uint8Array(bytesMax));
  return read === plain.length ? plain : `${plain.slice(0, read)}… (${plain.length - read} more characters)`;
}

/** What no line of ours is longer than; the rest is not worth searching through. */
const SEARCHED_CHARACTERS_MAX = 20_000;

/**
 * Words that are not in the form of our own log, so nobody has sworn that they are harmless: redacted, then cut.
 * Objects are left out, because they may be anything.
 */
export function boundForeignText(parts: readonly unknown[], bytesMax: number): string {
  const words = parts.map(part => (isPlain(part) ? String(part) : '[object]')).join(' ');
  const text = boundText(redact(withoutQueries(words.slice(0, SEARCHED_CHARACTERS_MAX))), bytesMax);
  const unread = words.length - SEARCHED_CHARACTERS_MAX;
  return unread > 0 ? `${text} (and ${unread} characters that were not looked at)` : text;
}

const isPlain = (part: unknown): part is string | number | boolean =>
  typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean';

export const bytesOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length;
