import { err, ok, type Result } from '../result/result.ts';

export type JsonObject = Readonly<Record<string, unknown>>;
export type JsonError = 'not_json' | 'not_an_object' | 'nested_too_deep';

/** No vendor nests deeper than ten; much deeper bodies are made to exhaust the stack of whoever walks them. */
const DEPTH_MAX = 100;

/** Bytes to a JSON object. Bytes that are not UTF-8 are not JSON. Pure. */
export function parseJsonObject(bytes: Uint8Array): Result<JsonObject, JsonError> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    return err('not_json');
  }
  if (!isJsonObject(value)) return err('not_an_object');
  return isDeeperThan(value, DEPTH_MAX) ? err('nested_too_deep') : ok(value);
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
