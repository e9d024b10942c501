import * as z from 'zod/mini';
import type { Fact } from './entry.ts';

/** A line that `@innkeeper/shared/log/log` wrote. */
export interface OwnLine {
  readonly severity: 'INFO' | 'WARNING' | 'ERROR';
  readonly deployable: string;
  readonly event: string;
  /** Everything else; what is no text, number or boolean is `undefined`. */
  readonly fields: readonly (readonly [name: string, value: Fact | undefined])[];
}

const Severity = z.enum(['INFO', 'WARNING', 'ERROR']);
const Line = z.looseObject({
  severity: Severity,
  deployable: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,62}$/u)),
  event: z.string().check(z.regex(/^[\w.-]{1,100}$/u)),
});
const FactSchema = z.union([z.string(), z.number(), z.boolean()]);

/** `undefined` for whatever is not in the form of our log. Pure. */
export function readOwnLine(parts: readonly unknown[]): OwnLine | undefined {
  const [text] = parts;
  if (parts.length !== 1 || typeof text !== 'string' || !text.startsWith('{')) return undefined;
  const parsed = Line.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { severity, deployable, event, ...rest } = parsed.data;
  const fields = Object.entries(rest).map(([name, value]) => [name, FactSchema.safeParse(value).data] as const);
  return { severity, deployable, event, fields };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Words that begin with a brace.
  }
}
