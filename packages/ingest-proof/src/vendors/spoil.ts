import { isJsonObject, type JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import type { Spoilt } from '../judge/ledger.ts';

/** The body of a delivery that is not as it should be. Pure. */
export function spoil(how: Spoilt, payload: JsonObject, text: string): string {
  switch (how) {
    case 'cut_on_the_way':
    case 'cut_at_the_source':
      return text.slice(0, Math.floor(text.length / 2));
    case 'signature_of_another':
      return text;
    case 'wrong_types':
      return JSON.stringify(mistype(payload));
    case 'nested_too_deep':
      return JSON.stringify({ ...payload, deep: 0 }).replace(
        '"deep":0',
        `"deep":${'['.repeat(1_000)}${']'.repeat(1_000)}`,
      );
  }
}

/** Every field by which a thing is known becomes a list: no mapping can know what it was about. */
function mistype(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      NAMES.has(key) ? [inner] : isJsonObject(inner) ? mistype(inner) : inner,
    ]),
  );
}

const NAMES = new Set(['id', '_id', 'reservationId', 'postId', 'call_id', 'listingId']);
