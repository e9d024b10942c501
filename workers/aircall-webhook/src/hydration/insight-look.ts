import { idOf } from '@innkeeper/shared/adapters/aircall/payload';
import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import type { Mark, MarkCause } from '@innkeeper/shared/ports/hydration-gate';
import { insightOf } from './subjects.ts';

/**
 * The list of calls does not show what was made of them, so a read job that looks for it passes on which calls to ask
 * about, and the consumer marks them. Nobody announced anything here: what is not there is no failure. Pure.
 */
const WANTED = 'innkeeper_insights_wanted';

/** What a read job puts on the queue for a call. */
export const insightLook = (call: JsonObject): JsonObject => ({ id: call['id'], [WANTED]: true });

export const isInsightLook = (value: JsonObject): boolean => value[WANTED] === true;

/** In the backfill lane, which leaves room for what people wait for. */
export function insightMarks(value: JsonObject, seenAtMs: number, cause: MarkCause): Mark[] {
  const id = idOf(value);
  if (id === undefined) return [];
  return Object.keys(insightOf).map(subject => ({ subject, id, seenAtMs, lane: 'backfill', cause }));
}
