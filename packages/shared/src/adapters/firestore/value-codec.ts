import {
  type DocumentFields,
  DocumentReference,
  type DocumentValue,
  GeoPoint,
  Timestamp,
} from '../../ports/document-store.ts';
import { bytesFromBase64, bytesToBase64 } from '../http/base64.ts';
import { timestampFromText, timestampToText } from './timestamp-text.ts';

/**
 * Values as Firestore's REST API writes them, both ways and without loss. Pure. `document-limits.ts` says beforehand
 * which values Firestore does not take; a wire type that is unknown here throws, because guessing would corrupt data.
 */
export type WireValue =
  | { readonly nullValue: null }
  | { readonly booleanValue: boolean }
  /** Decimal text: JSON numbers end at 2^53. */
  | { readonly integerValue: string }
  | { readonly doubleValue: WireDouble }
  | { readonly timestampValue: string }
  | { readonly stringValue: string }
  | { readonly bytesValue: string }
  | { readonly referenceValue: string }
  | { readonly geoPointValue: { readonly latitude?: WireDouble; readonly longitude?: WireDouble } }
  | { readonly arrayValue: { readonly values?: readonly WireValue[] } }
  | { readonly mapValue: { readonly fields?: WireFields } };
/** Text for what JSON numbers cannot say. */
export type WireDouble = number | string;
export interface WireFields {
  readonly [field: string]: WireValue;
}

/** `documentsRoot` is `projects/P/databases/D/documents`. */
export interface ValueCodec {
  encode(value: DocumentValue): WireValue;
  decode(value: WireValue): DocumentValue;
  encodeFields(fields: DocumentFields): WireFields;
  decodeFields(fields: WireFields | undefined): DocumentFields;
}

export function createValueCodec(documentsRoot: string): ValueCodec {
  const encode = (value: DocumentValue): WireValue => {
    if (value === null) return { nullValue: null };
    if (typeof value === 'boolean') return { booleanValue: value };
    if (typeof value === 'number') return encodeNumber(value);
    if (typeof value === 'bigint') return { integerValue: String(value) };
    if (typeof value === 'string') return { stringValue: value };
    if (value instanceof Timestamp) return { timestampValue: timestampToText(value) };
    if (value instanceof Uint8Array) return { bytesValue: bytesToBase64(value) };
    if (value instanceof DocumentReference) return { referenceValue: `${documentsRoot}/${value.path}` };
    if (value instanceof GeoPoint) {
      return { geoPointValue: { latitude: encodeDouble(value.latitude), longitude: encodeDouble(value.longitude) } };
    }
    if (isArray(value)) return { arrayValue: { values: value.map(encode) } };
    return { mapValue: { fields: encodeFields(value) } };
  };

  const encodeFields = (fields: DocumentFields): WireFields =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, encode(value)]));

  const decode = (value: WireValue): DocumentValue => {
    if ('stringValue' in value) return value.stringValue;
    if ('integerValue' in value) return decodeInteger(value.integerValue);
    if ('mapValue' in value) return decodeFields(value.mapValue.fields);
    if ('arrayValue' in value) return (value.arrayValue.values ?? []).map(decode);
    if ('booleanValue' in value) return value.booleanValue;
    if ('nullValue' in value) return null;
    if ('doubleValue' in value) return Number(value.doubleValue);
    if ('timestampValue' in value) return decodeTimestamp(value.timestampValue);
    if ('bytesValue' in value) return bytesFromBase64(value.bytesValue);
    if ('geoPointValue' in value) {
      const { latitude, longitude } = value.geoPointValue;
      return new GeoPoint(Number(latitude ?? 0), Number(longitude ?? 0));
    }
    if ('referenceValue' in value) {
      const inside = value.referenceValue.startsWith(`${documentsRoot}/`);
      // A reference to another database keeps its full name.
      return new DocumentReference(
        inside ? value.referenceValue.slice(documentsRoot.length + 1) : value.referenceValue,
      );
    }
    throw new TypeError(`Firestore sent a value type this codec does not know: ${Object.keys(value).join()}`);
  };

  const decodeFields = (fields: WireFields | undefined): DocumentFields =>
    Object.fromEntries(Object.entries(fields ?? {}).map(([name, value]) => [name, decode(value)]));

  return { encode, decode, encodeFields, decodeFields };
}

function encodeNumber(value: number): WireValue {
  const isInteger = Number.isSafeInteger(value) && !Object.is(value, -0);
  return isInteger ? { integerValue: String(value) } : { doubleValue: encodeDouble(value) };
}

/**
 * Readers that go through a decimal number, like the emulator, lose the sign of "-0.0"; that of a negative number too
 * small for a double survives everywhere.
 */
const MINUS_ZERO = '-1e-400';

function encodeDouble(value: number): WireDouble {
  if (Object.is(value, -0)) return MINUS_ZERO;
  return Number.isFinite(value) ? value : String(value);
}

function decodeInteger(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function decodeTimestamp(text: string): Timestamp {
  const timestamp = timestampFromText(text);
  if (timestamp === undefined) throw new TypeError('Firestore sent a timestamp that is none');
  return timestamp;
}

/** `Array.isArray` does not narrow readonly arrays. */
const isArray = (value: unknown): value is readonly DocumentValue[] => Array.isArray(value);
