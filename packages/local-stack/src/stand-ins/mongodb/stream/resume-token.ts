import { type BsonDocument, type BsonValue, decodeDocument } from '../bson/bson-document.ts';
import { orderKey } from '../bson/order-key.ts';
import { type ClusterTime, clusterTime, ordinalOf, secondsOf } from '../store/cluster-time.ts';
import type { OplogEntry } from '../store/oplog.ts';
import { CommandError } from '../wire/command-error.ts';

/**
 * Resume tokens, opaque to clients: hexadecimal text that sorts as the events do. A high-water mark stands before all
 * events of its time; an event's token also names the document, so that a foreign token is found out.
 */
export type TokenData = string;

const HIGH_WATER_MARK = '2B0429296E1404';
const EVENT = '2B042C010029';
const [NOT_INVALIDATE, INVALIDATE] = ['6E', '6F'] as const;
const PATTERN = /^82([0-9A-F]{8})([0-9A-F]{8})2B04(?:29296E1404|2C010029(6E|6F)5A1004[0-9A-F]+04)$/u;

export function highWaterMark(time: ClusterTime): TokenData {
  return `82${hex32(secondsOf(time))}${hex32(ordinalOf(time))}${HIGH_WATER_MARK}`;
}

/** `fragment` counts from 0 where an event was split. */
export function eventToken(
  entry: OplogEntry,
  details: { isInvalidate: boolean; fragment?: number | undefined },
): TokenData {
  const time = `82${hex32(secondsOf(entry.time))}${hex32(ordinalOf(entry.time))}`;
  const uuid = Buffer.from(entry.uuid ?? Buffer.alloc(16));
  const document = orderKey(decodeDocument(entry.documentKey));
  const identity = `5A1004${hex(uuid)}46${hex(document)}`;
  const fragment = details.fragment === undefined ? '' : `2B${(details.fragment * 2).toString(16).padStart(4, '0')}`;
  return `${time}${EVENT}${details.isInvalidate ? INVALIDATE : NOT_INVALIDATE}${identity}${fragment.toUpperCase()}04`;
}

export interface ResumePoint {
  readonly token: TokenData;
  readonly time: ClusterTime;
  /** Whether the token names an event, which must then be found. */
  readonly isEvent: boolean;
  readonly isInvalidate: boolean;
}

/** @throws CommandError as the server does for what is not a token. */
export function parseResumeToken(value: BsonValue): ResumePoint {
  if (!(value instanceof Map)) throw new CommandError(14, 'the resume token must be an object');
  const data = value.get('_data');
  if (typeof data !== 'string') throw new CommandError(40_647, 'Bad resume token: _data of missing or of wrong type');
  if (!/^(?:[0-9A-Fa-f]{2})*$/u.test(data)) {
    throw new CommandError(9, 'resume token string was not a valid hex string');
  }
  const match = PATTERN.exec(data.toUpperCase());
  if (match === null) throw new CommandError(50_811, 'Invalid resume token: cannot be decoded');
  const [token, seconds = '', ordinal = '', invalidate] = match;
  return {
    token,
    time: clusterTime(Number.parseInt(seconds, 16), Number.parseInt(ordinal, 16)),
    isEvent: invalidate !== undefined,
    isInvalidate: invalidate === INVALIDATE,
  };
}

export function tokenDocument(data: TokenData): BsonDocument {
  return new Map([['_data', data]]);
}

function hex32(value: number): string {
  return value.toString(16).toUpperCase().padStart(8, '0');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}
