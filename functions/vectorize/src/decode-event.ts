import type { DocumentPath } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';

/**
 * Which document a Firestore CloudEvent speaks of, and since when. Only the attributes are read: the body (protobuf)
 * holds the document as it was, and what counts is how it is.
 */
export interface ChangeHint {
  readonly path: DocumentPath;
  readonly eventId: string;
  readonly occurredAt: Date;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Eventarc writes a document's name into a header as UTF-8, and Node reads headers as Latin-1: `é` comes as `Ã©`. What
 * is no UTF-8 when taken by its bytes has not been read so, and stays.
 */
const Name = z.string().transform(text => {
  if (!/^[\0-\xff]*$/u.test(text)) return text;
  try {
    return utf8.decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
});

const Attributes = z.object({
  id: z.string().min(1),
  time: z.iso.datetime({ offset: true }),
  /** `records/guesty:reservation:1`, sent by Eventarc as its own attribute. */
  document: Name.optional(),
  /** `documents/records/guesty:reservation:1`. */
  subject: Name.optional(),
});

export function decodeEvent(event: unknown): Result<ChangeHint, { kind: 'undecodable_event'; detail: string }> {
  const parsed = Attributes.safeParse(event);
  if (!parsed.success) return err({ kind: 'undecodable_event', detail: 'id, time or document attribute is missing' });
  const { id, time, document, subject } = parsed.data;
  const path = document ?? subject?.replace(/^documents\//u, '');
  if (path === undefined || !/^(?:records|interactions)\/[^/]+$/u.test(path)) {
    return err({ kind: 'undecodable_event', detail: 'no document of records or interactions is named' });
  }
  return ok({ path: path as DocumentPath, eventId: id, occurredAt: new Date(time) });
}
