import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { readUpdateMicros } from './read-update-time.ts';
import { fromHeader } from './utf8-header.ts';

/** A Firestore event as Eventarc would send it: CloudEvent attributes as headers, the protobuf as body. */
export interface FirestoreEvent {
  readonly id: string;
  /** Relative to the database: `records/x`. */
  readonly document: string;
  /** All headers to send, `content-type` included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The document's update time; `undefined` when the event says that it is gone. */
  readonly updateMicros: bigint | undefined;
}

/**
 * Takes back what the emulator does differently from Eventarc: its body is base64 text under a binary content type, and
 * its source says `projects/` twice. Pure.
 */
export function repairFirestoreEvent(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Buffer,
): Result<FirestoreEvent, 'not_a_firestore_event'> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('ce-') && typeof value === 'string') attributes[name] = value;
  }
  const { 'ce-id': id, 'ce-document': document, 'ce-source': source } = attributes;
  if (id === undefined || document === undefined || source === undefined) return err('not_a_firestore_event');
  const protobuf = Buffer.from(body.toString('latin1'), 'base64');
  const updateMicros = tryReadUpdateMicros(protobuf);
  if (updateMicros === 'unreadable') return err('not_a_firestore_event');
  return ok({
    id,
    document: fromHeader(document),
    headers: {
      ...attributes,
      'ce-source': source.replace('/projects/projects/', '/projects/'),
      'content-type': 'application/protobuf',
    },
    body: protobuf,
    updateMicros,
  });
}

function tryReadUpdateMicros(protobuf: Uint8Array): bigint | undefined | 'unreadable' {
  try {
    return readUpdateMicros(protobuf);
  } catch (error) {
    if (error instanceof RangeError) return 'unreadable';
    throw error;
  }
}
