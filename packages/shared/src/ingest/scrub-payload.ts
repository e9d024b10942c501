import type { JsonObject } from '../http-edge/parse-json-object.ts';
import { redactSecrets } from '../redaction/redact.ts';

/**
 * A delivery's JSON without what must not rest anywhere: credentials, payment data, codes that open doors, links that
 * are themselves a key. Everything else stays, so that a delivery can be replayed. Pure.
 */
export function scrubPayload(payload: JsonObject): JsonObject {
  return scrubObject(payload, 0);
}

/** Deeper nesting than any vendor sends; a body crafted to exhaust the stack stops here. */
const DEPTH_MAX = 60;

/** Compared without case, hyphens and underscores. */
const SECRET_KEYS = new Set(
  (
    'token secret password authorization apikey accesstoken refreshtoken clientsecret ' +
    'keycode doorcode accesscode lockcode lockboxcode alarmcode gatecode pincode entrycode ' +
    'card cards cardnumber creditcard cvv cvc pan iban bankaccount accountnumber ' +
    'paymentmethod paymentmethods paymentmethodids paymentproviderscustomers payments'
  ).split(' '),
);

function plain(key: string): string {
  return key.replace(/[_-]/gu, '').toLowerCase();
}

function scrubObject(object: JsonObject, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([key]) => !SECRET_KEYS.has(plain(key)))
      .map(([key, value]) => [key, isId(key, value) ? value : scrubValue(value, depth + 1)]),
  );
}

/** Long ids of digits alone can look like card numbers, and a replay needs them as they are. */
const isId = (key: string, value: unknown): boolean => typeof value === 'string' && /id$/iu.test(key);

function scrubValue(value: unknown, depth: number): unknown {
  if (depth > DEPTH_MAX) return null;
  if (typeof value === 'string') return scrubText(value);
  if (Array.isArray(value)) return value.map(item => scrubValue(item, depth + 1));
  if (typeof value === 'object' && value !== null) return scrubObject(value as JsonObject, depth);
  return value;
}

/** A link with a signature opens what it points to for anyone; the address alone does not. */
function scrubText(text: string): string {
  return /^https?:\/\/\S+\?\S*(?:signature|token|expires|key)/iu.test(text)
    ? text.slice(0, text.indexOf('?'))
    : redactSecrets(text);
}
