import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import { redact } from '@innkeeper/shared/redaction/redact';
import { chunkText } from '../text/chunk.ts';
import type { Subject } from './subject.ts';

/** Raised when texts, chunks or payload fields change meaning: every document is then indexed again when next touched. */
export const PIPELINE_REVISION = 1;

/** The payloads of a subject, one per chunk, redacted. Pure. */
export function toPayloads(subject: Subject): PointPayload[] {
  const { searchable } = subject;
  const title = redact(searchable.title);
  const chunks = chunkText(redact(searchable.text));
  return chunks.map((text, chunk) => ({
    v: 1,
    docKey: subject.docKey,
    kind: subject.kind,
    source: subject.source,
    srcVersion: subject.version,
    chunk,
    chunks: chunks.length,
    title,
    text,
    deleted: false,
    dense: true,
    ...searchable.fields,
  }));
}

/** What the embedder reads: the title gives a chunk from the middle its context. */
export const embeddedText = (payload: PointPayload): string => `${payload.title}\n${payload.text}`;

/** SHA-256 over everything but the version, chunks in order, as hex: equal hashes mean that nothing visible changed. */
export async function contentHash(payloads: readonly PointPayload[]): Promise<string> {
  const visible = payloads
    .toSorted((left, right) => left.chunk - right.chunk)
    .map(payload => Object.entries({ ...payload, srcVersion: 0 }).sort(([left], [right]) => (left < right ? -1 : 1)));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(visible)));
  return Buffer.from(digest).toString('hex');
}
