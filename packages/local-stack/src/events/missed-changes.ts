import { createHash } from 'node:crypto';
import type { FirestoreEvent } from './repair-firestore-event.ts';
import { toHeader } from './utf8-header.ts';

/**
 * Compares what a route was last told with what is there, and makes the events it should have got: for a document that
 * is new or newer, and for one that is gone. Their ids follow from document and version, so that finding the same gap
 * twice makes the same event. Their body is the empty message: what the document held then is not known any more. Pure.
 *
 * `known` maps document paths to update times in microseconds, `found` to Firestore's own timestamps.
 */
export function missedChanges(
  known: ReadonlyMap<string, bigint>,
  found: ReadonlyMap<string, string>,
  where: { readonly projectId: string; readonly database: string; readonly nowMs: number },
): FirestoreEvent[] {
  const written = [...found].flatMap(([document, updateTime]) => {
    const updateMicros = toMicros(updateTime);
    const last = known.get(document);
    return last !== undefined && last >= updateMicros ? [] : [{ document, updateMicros, time: updateTime }];
  });
  const deleted = [...known.keys()]
    .filter(document => !found.has(document))
    .map(document => ({ document, updateMicros: undefined, time: new Date(where.nowMs).toISOString() }));

  return [...written, ...deleted].map(({ document, updateMicros, time }) => {
    const version = updateMicros ?? `deleted-after-${known.get(document)}`;
    const id = createHash('sha256').update(`${where.database}/${document}@${version}`).digest('hex').slice(0, 32);
    const headers = {
      'ce-specversion': '1.0',
      'ce-type': 'google.cloud.firestore.document.v1.written',
      'ce-source': `//firestore.googleapis.com/projects/${where.projectId}/databases/${where.database}`,
      'ce-id': id,
      'ce-subject': toHeader(`documents/${document}`),
      'ce-time': time,
      'ce-datacontenttype': 'application/protobuf',
      'ce-dataschema':
        'https://github.com/googleapis/google-cloudevents/blob/main/proto/google/events/cloud/firestore/v1/data.proto',
      'ce-project': where.projectId,
      'ce-database': where.database,
      'ce-namespace': '(default)',
      'ce-document': toHeader(document),
      'content-type': 'application/protobuf',
    };
    return { id, document, headers, body: new Uint8Array(), updateMicros };
  });
}

/** `2026-11-21T12:15:05.330058Z`, with none to nine digits of a second, to microseconds. */
export function toMicros(timestamp: string): bigint {
  const [whole = '', fraction = ''] = timestamp.replace(/Z$/u, '').split('.');
  return BigInt(Date.parse(`${whole}Z`)) * 1000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
}
