import { createHash } from 'node:crypto';
import * as z from 'zod';
import { BODY_CHARACTERS_MAX, fitText } from '../text/fit-text.ts';
import { stripSecrets } from '../text/strip-secrets.ts';

/** One thing a person has to look at. There is one open issue per key, however often it is found. */
const KEY = /^[A-Za-z0-9][\w./:@+-]{0,199}$/u;
const TITLE_CHARACTERS_MAX = 256;

export const FindingKey = z
  .string()
  .regex(KEY, 'must be 1 to 200 letters, digits and ./:@+_-, such as drift/prod')
  .refine(key => !key.includes('--'), 'must not hold two hyphens in a row');
export const Finding = z.strictObject({
  key: FindingKey,
  title: z.string().trim().min(1, 'must say something').max(TITLE_CHARACTERS_MAX),
  /** Markdown. What changes from run to run without meaning anything does not belong in it. */
  body: z.string(),
});
export type Finding = z.infer<typeof Finding>;

export const Findings = z
  .array(Finding, { error: 'must be a JSON list of findings' })
  .refine(all => new Set(all.map(({ key }) => key)).size === all.length, 'two findings have the same key');

/** What an issue of ours says in its last line about itself. */
export interface Mark {
  readonly key: string;
  /** Of title and body as they were found; equal: nothing new. */
  readonly digest: string;
}

const MARK = /<!-- innkeeper-finding (?<key>\S{1,200}) (?<digest>[0-9a-f]{16}) -->\s*$/u;

export const digestOf = ({ title, body }: Finding): string =>
  createHash('sha256')
    .update(JSON.stringify([title, body]))
    .digest('hex')
    .slice(0, 16);

/** Pure. `undefined`: no issue of ours. */
export function readMark(body: string): Mark | undefined {
  const { key, digest } = MARK.exec(body)?.groups ?? {};
  return key === undefined || digest === undefined ? undefined : { key, digest };
}

/** Pure: the text of the issue: what was found, without secrets and cut to what GitHub takes, and the mark. */
export function writeBody(finding: Finding, runUrl: string): string {
  const end = [
    '',
    '---',
    `Found by [this run](${runUrl}). It is brought up to date and closed by itself; whoever closes it by hand will`,
    'see a new one as long as the cause is there.',
    `<!-- innkeeper-finding ${finding.key} ${digestOf(finding)} -->`,
  ].join('\n');
  return (
    fitText(stripSecrets(finding.body), BODY_CHARACTERS_MAX - end.length, `The run has all of it: ${runUrl}`) + end
  );
}
