import * as sdk from '@google-cloud/firestore';
import {
  type DocumentFields,
  DocumentReference,
  type DocumentValue,
  GeoPoint,
  Timestamp,
} from '../../ports/document-store.ts';

/** Our values as the SDK's and back, without loss. Pure but for naming documents of `firestore`. */
export function toSdkValue(value: DocumentValue, firestore: sdk.Firestore): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  if (value instanceof Timestamp) return toSdkTimestamp(value);
  if (value instanceof GeoPoint) return new sdk.GeoPoint(value.latitude, value.longitude);
  if (value instanceof DocumentReference) return firestore.doc(value.path);
  if (isArray(value)) return value.map(item => toSdkValue(item, firestore));
  return toSdkFields(value, firestore);
}

export const toSdkFields = (fields: DocumentFields, firestore: sdk.Firestore): sdk.DocumentData =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, toSdkValue(value, firestore)]));

export function toSdkTimestamp({ epochMicros }: Timestamp): sdk.Timestamp {
  const micros = ((epochMicros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return new sdk.Timestamp(Number((epochMicros - micros) / 1_000_000n), Number(micros) * 1000);
}

export const fromSdkTimestamp = ({ seconds, nanoseconds }: sdk.Timestamp): Timestamp =>
  new Timestamp(BigInt(seconds) * 1_000_000n + BigInt(Math.floor(nanoseconds / 1000)));

/** Needs a `Firestore` that reads integers as bigint. A type that the port does not know throws: guessing corrupts data. */
export function fromSdkValue(value: unknown): DocumentValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof sdk.Timestamp) return fromSdkTimestamp(value);
  if (value instanceof sdk.GeoPoint) return new GeoPoint(value.latitude, value.longitude);
  if (value instanceof sdk.DocumentReference) return new DocumentReference(value.path);
  if (value instanceof Uint8Array) return Uint8Array.from(value); // not Node's Buffer, which compares differently
  if (Array.isArray(value)) return value.map(fromSdkValue);
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) return fromSdkFields(value);
  throw new TypeError('Firestore sent a value type this adapter does not know');
}

export const fromSdkFields = (fields: object): DocumentFields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fromSdkValue(value)]));

/** `Array.isArray` does not narrow readonly arrays. */
const isArray = (value: unknown): value is readonly DocumentValue[] => Array.isArray(value);
