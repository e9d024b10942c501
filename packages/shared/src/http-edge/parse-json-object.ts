import { err, ok, type Result } from '../result/result.ts';

export type JsonObject = Readonly<Record<string, unknown>>;
export type JsonError = 'not_json' | 'not_an_object' | 'nested_too_deep';

/** No vendor nests deeper than ten; much deeper bodies are made to exhaust the stack of whoever walks them. */
export const JSON_DEPTH_MAX = 100;

/** Bytes to a JSON object, read as `parseJsonText` does. Bytes that are not UTF-8 are not JSON. Pure. */
export function parseJsonObject(bytes: Uint8Array): Result<JsonObject, JsonError> {
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
    value = parseJsonText(text);
  } catch {
    return err('not_json');
  }
  if (!isJsonObject(value)) return err('not_an_object');
  return isDeeperThan(value, JSON_DEPTH_MAX) ? err('nested_too_deep') : ok(value);
}

/**
 * A vendor's JSON to values, in its webhooks and its answers alike, so that one thing has one id in both. A number that
 * JavaScript cannot hold exactly comes as its text, so that two long ids never become one; half a surrogate pair, which
 * no store takes, comes as U+FFFD. Of a key written twice the last one counts. Throws `SyntaxError`. Pure.
 */
export function parseJsonText(text: string): unknown {
  return MAY_NEED_CARE.test(text) ? JSON.parse(text, withCare) : JSON.parse(text);
}

/** An escaped surrogate, a long row of digits, a large exponent. A reviver costs time, and almost no body needs it. */
const MAY_NEED_CARE = /\\u[dD][89a-fA-F]|\d{16}|\d[eE]\+?\d{3}/u;

function withCare(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  const source = context?.source;
  return typeof value !== 'number' || source === undefined || isExact(value, source) ? value : source;
}

function isExact(value: number, source: string): boolean {
  const isIntegerLiteral = /^-?\d+$/u.test(source);
  return isIntegerLiteral ? Number.isSafeInteger(value) || String(value) === source : Number.isFinite(value);
}

/** Level by level instead of by recursion, which is what it protects from. */
function isDeeperThan(value: JsonObject, depthMax: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > depthMax) return true;
    level = level.flatMap(inner =>
      typeof inner === 'object' && inner !== null ? (Object.values(inner) as unknown[]) : [],
    );
  }
  return false;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
