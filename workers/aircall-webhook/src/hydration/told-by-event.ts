import { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import { isJsonObject, type JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import { eventPath } from '@innkeeper/shared/ingest/event-document';
import { type ChangePart, rank } from '@innkeeper/shared/ingest/record-change';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { MarkCause } from '@innkeeper/shared/ports/hydration-gate';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { insightPart } from './insight-facts.ts';
import type { InsightSubject } from './subjects.ts';

/**
 * What the event that announced an insight says of it by itself, for when Aircall's API does not show it: as hearsay,
 * below anything read. `undefined` where the event is not noted yet or carries no content. I/O: the document store.
 */
export async function toldByEvent(
  store: Pick<DocumentStore, 'getAll'>,
  subject: InsightSubject,
  { eventId, receivedAt }: MarkCause,
): Promise<Result<ChangePart | undefined, DeliveryFailure>> {
  const read = await store.getAll([eventPath(eventId)]);
  if (!read.ok) return read;
  const event = StoredEvent.safeParse(read.value[0]?.fields).data;
  const data = event !== undefined && 'inline' in event.payload ? dataOf(event.payload.inline) : undefined;
  if (data?.['content'] === undefined) return ok(undefined);
  const part = insightPart(subject, data, Date.parse(receivedAt));
  return ok(part && { ...part, rank: rank.hearsay });
}

function dataOf(payload: string): JsonObject | undefined {
  const parsed: unknown = JSON.parse(payload); // written by the consumer, as JSON
  const data = isJsonObject(parsed) ? parsed['data'] : undefined;
  return isJsonObject(data) ? data : undefined;
}
