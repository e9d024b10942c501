import { isJsonObject, type JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import { sha256Hex } from '@innkeeper/shared/ingest/sha256-hex';

/**
 * Identity of a delivery. Aircall sends none, so it is the hash of event, thing and second the payload was built, with
 * what tells two events of one second apart: the ids of tags and comments, how far a message got, whose phone rings, why
 * somebody is away. A repeat with fresh recording links is still one. An envelope without these is identified by its
 * whole content. No I/O.
 */
export async function eventIdOf(payload: JsonObject): Promise<string> {
  const { event, timestamp } = payload;
  const data = isJsonObject(payload['data']) ? payload['data'] : {};
  const thing = data['id'] ?? data['call_id'];
  const complete = typeof event === 'string' && isIdentifier(timestamp) && isIdentifier(thing);
  const user = isJsonObject(data['user']) ? data['user']['id'] : undefined;
  const states = [data['status'], data['availability_status'], data['substatus'], user];
  const identity = complete
    ? [event, String(thing), timestamp, idsIn(data['tags']), idsIn(data['comments']), states.map(wordOf)]
    : payload;
  return `aircall-${await sha256Hex(JSON.stringify(identity))}`;
}

const isIdentifier = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

const wordOf = (value: unknown): string | number | null => (isIdentifier(value) ? value : null);

function idsIn(list: unknown): (string | number)[] {
  if (!Array.isArray(list)) return [];
  return list.map((item: unknown) => (isJsonObject(item) ? item['id'] : undefined)).filter(isIdentifier);
}
