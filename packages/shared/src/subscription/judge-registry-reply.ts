import { type ExchangeError, type JsonReply, retryAfterMs } from '../adapters/http/exchange-json.ts';
import { err, ok, type Result } from '../result/result.ts';
import type { RegistryError } from './webhook-registry.ts';

/** A vendor's reply to what it means for the subscription. `pick` answers `undefined` outside the vendor's format. Pure. */
export function judgeRegistryReply<T>(
  reply: Result<JsonReply, ExchangeError>,
  pick: (json: unknown) => T | undefined,
): Result<T, RegistryError> {
  if (!reply.ok) return err({ kind: 'unavailable', detail: reply.error.kind });
  const { status, headers, json } = reply.value;
  const detail = `status ${status}${explanation(json)}`;
  const wait = retryAfterMs(headers);
  const retryAfter = wait === undefined ? {} : { retryAfterMs: wait };
  if (status === 404) return err({ kind: 'not_found', detail });
  if (status === 401 || status === 403) return err({ kind: 'denied', detail });
  if (status === 429) return err({ kind: 'unavailable', detail, ...retryAfter, nothingDone: true });
  if (status >= 500) return err({ kind: 'unavailable', detail, ...retryAfter });
  if (status < 200 || status >= 300) return err({ kind: 'refused', detail });
  const value = pick(json);
  return value === undefined ? err({ kind: 'unavailable', detail: 'unexpected answer' }) : ok(value);
}

const EXPLANATION_LENGTH_MAX = 200;

/** What vendors say about a refusal names events and fields, which is what a person needs. */
function explanation(json: unknown): string {
  const text = textAt(json, ['error', 'message']) ?? textAt(json, ['troubleshoot']) ?? textAt(json, ['message']);
  return text === undefined ? '' : `: ${text.slice(0, EXPLANATION_LENGTH_MAX)}`;
}

function textAt(json: unknown, path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>)[key] : undefined,
    json,
  );
  return typeof found === 'string' ? found : undefined;
}
