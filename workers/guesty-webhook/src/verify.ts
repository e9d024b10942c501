import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/**
 * Svix signature of a Guesty delivery: HMAC-SHA256 over `<id>.<timestamp>.<raw body>`, accepted under any secret that is
 * valid now, compared by WebCrypto in constant time. The raw bytes are signed, so nothing is parsed before. No I/O.
 */
export interface SignedDelivery {
  /** The same on every attempt to deliver it. */
  readonly deliveryId: string;
}

export type SignatureError = 'signature_missing' | 'timestamp_outside_window' | 'signature_mismatch';

/** What Svix's own libraries allow: bounds replays, forgives clocks. */
const TOLERANCE_SECONDS = 5 * 60;
const SECRET_PREFIX = 'whsec_';
const SCHEME = 'v1,';
/** A sender rotates between two or three keys; more would only make us compute. */
const SIGNATURES_MAX = 10;

export async function verify(
  body: Uint8Array,
  headers: Headers,
  secrets: readonly Secret[],
  nowMs: number,
): Promise<Result<SignedDelivery, SignatureError>> {
  // Svix can be told to send its headers under a neutral name.
  const header = (name: string): string => headers.get(`svix-${name}`) ?? headers.get(`webhook-${name}`) ?? '';
  const [deliveryId, timestamp, signature] = [header('id'), header('timestamp'), header('signature')];
  if (deliveryId === '' || signature === '' || !/^\d{1,12}$/u.test(timestamp)) return err('signature_missing');
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return err('timestamp_outside_window');

  const signed = concatenate(new TextEncoder().encode(`${deliveryId}.${timestamp}.`), body);
  const candidates = signature
    .split(' ')
    .filter(item => item.startsWith(SCHEME))
    .slice(0, SIGNATURES_MAX)
    .flatMap(item => decodeBase64(item.slice(SCHEME.length)) ?? []);
  const keys = (await Promise.all(secrets.map(keyOf))).filter(key => key !== undefined);
  const matches = await Promise.all(
    keys.flatMap(key => candidates.map(candidate => crypto.subtle.verify('HMAC', key, candidate, signed))),
  );
  return matches.includes(true) ? ok({ deliveryId }) : err('signature_mismatch');
}

/** Importing a key costs more than a check with it; secrets live as long as the isolate. */
const imported = new WeakMap<Secret, CryptoKey>();

async function keyOf(secret: Secret): Promise<CryptoKey | undefined> {
  const known = imported.get(secret);
  if (known !== undefined) return known;
  const bytes = decodeBase64(secret.reveal().replace(SECRET_PREFIX, ''));
  if (bytes === undefined || bytes.length === 0) return undefined; // no key: the others must not suffer from it
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  imported.set(secret, key);
  return key;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), character => character.codePointAt(0) ?? 0);
  } catch {
    return undefined; // not base64: a signature that matches nothing
  }
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
