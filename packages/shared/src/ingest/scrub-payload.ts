import { JSON_DEPTH_MAX, type JsonObject } from '../http-edge/parse-json-object.ts';
import { isCardNumber } from '../redaction/find-cards.ts';
import { redactSecrets } from '../redaction/redact.ts';

/**
 * A delivery's JSON without what must not rest anywhere: credentials, payment data, codes that open doors, links that
 * are themselves a key. Everything else stays, so that a delivery can be replayed. Pure.
 */
export function scrubPayload(payload: JsonObject): JsonObject {
  return scrubObject(payload, 0);
}

/** Compared without case, hyphens and underscores. */
const SECRET_KEYS = new Set(
  (
    'token tokens secret secrets password authorization apikey accesstoken refreshtoken clientsecret ' +
    'keycode keycodes doorcode doorcodes accesscode accesscodes lockcode lockboxcode alarmcode gatecode pincode entrycode ' +
    'smartlock smartlocks lockbox keybox ' +
    'card cards cardnumber creditcard ccnumber cvv cvc pan last4 lastfour iban bic swift bankaccount accountnumber ' +
    'money invoiceitems paymentmethod paymentmethods paymentmethodids paymentmethodid paymentproviderscustomers payments ' +
    'recordingshorturl voicemailshorturl presignedurl'
  ).split(' '),
);

/** What may be said of a payment: whose, its state, and when. Never how much, by what, and where the payer lives. */
const PAYMENT_KEYS =
  /^(?:(?:account|reservation|payment|listing|guest)?id|confirmationcode|status|state|type|.{0,20}at)$/u;

function plain(key: string): string {
  return key.replace(/[_-]/gu, '').toLowerCase();
}

function scrubObject(object: JsonObject, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([key]) => !SECRET_KEYS.has(plain(key)))
      .map(([key, value]) => [key, scrubNamed(key, value, depth + 1)]),
  );
}

function scrubNamed(key: string, value: unknown, depth: number): unknown {
  // Long ids of digits alone can look like card numbers, and a replay needs them as they are.
  if ((typeof value === 'string' || typeof value === 'number') && /id$/iu.test(key)) return value;
  return scrubValue(plain(key) === 'payment' && isObject(value) ? statesOf(value) : value, depth);
}

const statesOf = (payment: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(payment).filter(([key]) => PAYMENT_KEYS.test(plain(key).replace(/^_/u, ''))));

function scrubValue(value: unknown, depth: number): unknown {
  if (depth > JSON_DEPTH_MAX) return null; // the edge lets nothing deeper in
  if (typeof value === 'string') return scrubText(value);
  if (typeof value === 'number') return isCardNumber(String(value)) ? null : value;
  if (Array.isArray(value)) return value.map(item => scrubValue(item, depth + 1));
  return isObject(value) ? scrubObject(value, depth) : value;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An address with what it is asked for, anywhere in a text. */
const LINK = /(?<address>https?:\/\/[^\s"'<>?#]{1,2000})(?<query>\?[^\s"'<>]{0,4000})?/giu;
const SIGNED = /[?&](?:[\w-]{0,40}(?:signature|token|expires|credential|secret|key)|sig|se)=/iu;

/** A link with a signature opens what it points to for anyone, one with a password too; the address alone does not. */
function scrubText(text: string): string {
  const unsigned = text.replace(LINK, (link: string, address: string, query?: string) => {
    const open = address.replace(/^(https?:\/\/)[^/@]{1,200}@/iu, '$1');
    if (query !== undefined && SIGNED.test(query)) return open;
    return open === address ? link : `${open}${query ?? ''}`;
  });
  return redactSecrets(unsigned);
}
