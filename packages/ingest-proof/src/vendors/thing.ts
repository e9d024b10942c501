import { type RecordKey, type RecordKind, type RecordSource, recordKey } from '@innkeeper/shared/domain/ids';
import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';

/** Something a vendor keeps, as the vendor itself has it now. Nothing here is derived from what ingest reads. */
export interface Thing {
  readonly key: RecordKey;
  readonly kind: RecordKind;
  /** Halves of letters, which no document may have, are replaced wherever JSON is read. */
  readonly id: string;
  /** Rises with every change that people can see; the same number can be read from its facts by `progressOf`. */
  progress: number;
  deleted: boolean;
  /** What a record of it must say; facts that are not named may be anything. */
  facts: Readonly<Record<string, unknown>>;
  /** Its id is not of the form that ids have: it may end among the parked instead. */
  readonly isOdd: boolean;
}

export function newThing(
  source: RecordSource,
  kind: RecordKind,
  id: string,
  facts: Thing['facts'],
  options: { readonly isOdd?: boolean } = {},
): Thing {
  return {
    key: recordKey(source, kind, id.toWellFormed()),
    kind,
    id: id.toWellFormed(),
    progress: 1,
    deleted: false,
    facts,
    isOdd: options.isOdd ?? false,
  };
}

/** One webhook as the vendor is about to send it. */
export interface Draft {
  readonly source: RecordSource;
  /** The vendor's name of it. */
  readonly event: string;
  readonly payload: JsonObject;
  /** What it is about, and how far that was when it was sent; absent where no record comes of it. */
  readonly about?: { readonly thing: Thing; readonly progress: number };
}

/** `Room 4 r7` is the seventh state: texts that people see carry the number. */
export const numbered = (text: string, progress: number): string => `${text} r${progress}`;

const NUMBER = / r(?<progress>\d+)$/u;

/** Which fact carries the number, by kind of record. */
const CARRIERS = new Map<string, string>([
  ['reservation', 'confirmationCode'],
  ['listing', 'nickname'],
  ['guest', 'lastName'],
  ['task', 'title'],
  ['contact', 'company'],
]);
export const carrierOf = (kind: string): string | undefined => CARRIERS.get(kind);

const STAGES = ['created', 'ringing', 'answered', 'hungup', 'ended'];
const STATUSES = ['sent', 'delivered', 'read'];

/** How far a record is; `undefined` where its facts do not say. */
export function progressOf(kind: string, facts: Readonly<Record<string, unknown>>): number | undefined {
  if (kind === 'call') {
    const comments = Array.isArray(facts['comments']) ? facts['comments'].length : 0;
    const tags = Array.isArray(facts['tags']) ? facts['tags'].length : 0;
    return 1 + STAGES.indexOf(String(facts['stage'])) + comments + tags;
  }
  if (kind === 'text-message') return 1 + Math.max(0, STATUSES.indexOf(String(facts['deliveryStatus'])));
  if (kind === 'guest-message') return 1;
  const carrier = carrierOf(kind);
  const text = carrier === undefined ? undefined : facts[carrier];
  const found = typeof text === 'string' ? NUMBER.exec(text)?.groups?.['progress'] : undefined;
  return found === undefined ? undefined : Number(found);
}
