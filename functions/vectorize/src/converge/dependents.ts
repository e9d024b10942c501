import type { DocumentPath } from '@innkeeper/shared/ports/document-store';
import type { VectorReader, VectorStoreError } from '@innkeeper/shared/ports/vector-store';
import { ok, type Result } from '@innkeeper/shared/result/result';

/** A home with more bookings and messages than this in the index is beyond what one event should touch. */
const DEPENDENTS_MAX = 20_000;

/**
 * Documents whose texts borrow from `path` (a booking speaks of its home by name), found in the index by the ids they
 * carry. They are converged again after a home or a guest changed.
 */
export async function findDependents(
  vectors: VectorReader,
  path: DocumentPath,
): Promise<Result<DocumentPath[], VectorStoreError>> {
  const [, source, kind, sourceId] = /^records\/([^:]+):([^:]+):(.+)$/u.exec(path) ?? [];
  const field =
    source === 'guesty'
      ? { listing: 'listingIds', guest: 'guestId', reservation: 'reservationId' }[kind ?? '']
      : undefined;
  if (field === undefined || sourceId === undefined) return ok([]);
  const found = await vectors.scrollAll(
    {
      must: [{ field, equals: decodeURIComponent(sourceId) }],
      mustNot: [{ field: 'docKey', equals: path.slice('records/'.length) }],
    },
    { maxPoints: DEPENDENTS_MAX },
  );
  if (!found.ok) return found;
  return ok([...new Set(found.value.map(payload => `records/${payload.docKey}` as const))]);
}
