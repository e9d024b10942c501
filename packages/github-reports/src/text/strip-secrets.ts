import { findCredentials } from '@innkeeper/shared/redaction/find-addresses';

const MARK = '[secret]';

/** Of infrastructure, beside the credentials that `findCredentials` knows. Every pattern is bounded. */
const PATTERNS: readonly RegExp[] = [
  // Private keys and the like, to the end of the block, or of the text where it was cut.
  /-----BEGIN [A-Z ]{0,40}(?:PRIVATE KEY|AGE ENCRYPTED FILE)-----[\s\S]{0,20000}?(?:-----END [A-Z ]{0,60}-----|$)/gu,
  /AGE-SECRET-KEY-1[A-Z0-9]{20,100}/gu,
  /\bya29\.[\w-]{20,2000}/gu, // access tokens of Google
  /\bhvs\.[\w-]{20,200}/gu,
  /\bcf[ua]t_[\w-]{20,200}/gu, // tokens of Cloudflare, by their new prefixes
  // User and password in an address.
  /(?<=:\/\/[^\s/:@]{1,100}:)[^\s/@]{1,200}(?=@)/gu,
];

/** `password = "…"`, `"token": "…"`, `SOME_SECRET=…`: the name stays, the value goes. */
const ASSIGNMENT = new RegExp(
  String.raw`(?<name>["']?[\w.-]{0,60}(?:password|passwd|secret|token|api[_-]?key|private[_-]?key)["']?` +
    String.raw`\s{0,20}(?:=|:|=>)\s{0,3})(?<value>"[^"\n]{6,4000}"|'[^'\n]{6,4000}'|[\w+/=~-]{20,4000})`,
  'giu',
);
/** What stands in a plan where Terraform hides a value, and references to one. */
const SAID_INSTEAD = /^["']?(?:\(sensitive|\(known after|\[secret\]|projects\/|\$\{|\{\{)/u;

/**
 * Takes credentials out of a text that strangers may read. Pure. `values` are known ones: they go wherever they stand;
 * shorter than 6 characters they would take ordinary words with them, and are left.
 */
export function stripSecrets(text: string, values: readonly string[] = []): string {
  let current = text;
  const known = values.filter(each => each.length >= 6).toSorted((one, other) => other.length - one.length);
  for (const value of known) current = current.replaceAll(value, MARK);
  for (const pattern of PATTERNS) current = current.replaceAll(pattern, MARK);
  for (const { start, end } of findCredentials(current).toReversed()) {
    current = `${current.slice(0, start)}${MARK}${current.slice(end)}`;
  }
  return current.replaceAll(ASSIGNMENT, (whole, name: string, value: string) =>
    SAID_INSTEAD.test(value) ? whole : `${name}${MARK}`,
  );
}
