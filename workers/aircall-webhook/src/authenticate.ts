import type { Secret } from '@innkeeper/shared/config/secret';
import { matchesAny } from '@innkeeper/shared/http-edge/constant-time-equal';
import { type JsonError, type JsonObject, parseJsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/**
 * Aircall signs nothing: the credential is the field `token` of the body. Compared in constant time with every token
 * that is valid now, then taken out, so that it is never stored. No I/O.
 */
export async function authenticate(
  body: Uint8Array,
  tokens: readonly Secret[],
): Promise<Result<JsonObject, JsonError | 'unauthorised'>> {
  const parsed = parseJsonObject(body);
  if (!parsed.ok) return parsed;
  const { token, ...payload } = parsed.value;
  const authentic =
    typeof token === 'string' &&
    (await matchesAny(
      token,
      tokens.map(secret => secret.reveal()),
    ));
  return authentic ? ok(payload) : err('unauthorised');
}
