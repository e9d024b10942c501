import * as z from 'zod';
import type { SourceChange } from '../source-document.ts';
import type { Meaning } from './meaning.ts';

/**
 * Border between a MongoDB document, which may hold anything, and the fields that are read from it. What does not fit
 * is named by field and type, never by content. Pure.
 */

/** Lists of people: a thousand of the longest names still fit a Firestore document (1 MiB). */
export const LIST_LENGTH_MAX = 1_000;
const ID_LENGTH_MAX = 256;

/** Text as Firestore, Pub/Sub and Qdrant all take it. */
export const text = z
  .string()
  .refine(value => !value.includes('\0'), { error: 'text_with_nul' })
  .refine(value => value.isWellFormed(), { error: 'text_not_unicode' });

/** Names are shown beside quotes; nobody's is longer. */
export const name = text.max(ID_LENGTH_MAX, { error: 'name_too_long' });

/** An id that can be (part of) a document id in Firestore, which keeps `.`, `..` and `__…__` for itself. */
export const chatId = text
  .min(1, { error: 'id_empty' })
  .max(ID_LENGTH_MAX, { error: 'id_too_long' })
  .refine(value => value !== '.' && value !== '..' && !/^__.*__$/su.test(value), { error: 'id_reserved' });

const emptyAsAbsent = (value: unknown): unknown => (value === '' || value === null ? undefined : value);
export const optionalId = z.preprocess(emptyAsAbsent, chatId.optional());
export const optionalName = z.preprocess(emptyAsAbsent, name.optional());
/** `null` counts as false, as it does for Rocket.Chat. */
export const flag = z
  .boolean()
  .nullish()
  .transform(value => value === true);

const YEAR_10000_MS = 253_402_300_800_000;
/** No chat is older than 1970, and the contracts write years with four digits. */
export const instant = z
  .date()
  .refine(date => date.getTime() >= 0 && date.getTime() < YEAR_10000_MS, { error: 'date_out_of_range' });

export const listOf = <T extends z.ZodType>(element: T) =>
  z.array(element).max(LIST_LENGTH_MAX, { error: 'list_too_long' });

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly parked: Parked };
type Parked = Extract<Meaning, { readonly kind: 'parked' }>;

/** Reads `schema`'s fields from a document, or says what is wrong with the first one that does not fit. */
export function readFields<T>(schema: z.ZodType<T>, document: unknown): Read<T> {
  const parsed = schema.safeParse(document, { reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const found = typeName(issue?.input);
  return {
    ok: false,
    parked: {
      kind: 'parked',
      reason: reasonOf(issue, found),
      detail: `${issue?.path.join('.') || 'document'}: found ${found}`,
    },
  };
}

type ReadFollowed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly meaning: Meaning };

/** The same for a change, which is of no interest where it touched none of `schema`'s fields. */
export function readFollowed<T>(
  schema: z.ZodType<T> & { readonly shape: object },
  { document, touched }: Pick<SourceChange, 'document' | 'touched'>,
): ReadFollowed<T> {
  if (touched !== undefined && !Object.keys(schema.shape).some(field => touched.has(field))) {
    return { ok: false, meaning: { kind: 'ignored', reason: 'fields_not_followed' } };
  }
  const read = readFields(schema, document);
  return read.ok ? read : { ok: false, meaning: read.parked };
}

/** Issues whose message is a reason that a schema above gave them. */
const REASONED: readonly unknown[] = ['custom', 'too_big', 'too_small'];

function reasonOf(issue: z.core.$ZodIssue | undefined, found: string): string {
  if (issue !== undefined && REASONED.includes(issue.code)) return issue.message;
  if (found === 'nothing' || found === 'null') return 'missing_field';
  return found === 'invalid date' ? 'invalid_date' : 'wrong_type';
}

/** BSON types by the driver's own names. A stored object may claim any, so only these are believed. */
const BSON_TYPES: ReadonlySet<string> = new Set([
  'Binary',
  'Code',
  'DBRef',
  'Decimal128',
  'Double',
  'Int32',
  'Long',
  'MaxKey',
  'MinKey',
  'ObjectId',
  'BSONRegExp',
  'BSONSymbol',
  'Timestamp',
]);

function typeName(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : 'date';
  if (typeof value !== 'object') return typeof value;
  const bsonType: unknown = Reflect.get(value, '_bsontype');
  return typeof bsonType === 'string' && BSON_TYPES.has(bsonType) ? bsonType : 'object';
}
