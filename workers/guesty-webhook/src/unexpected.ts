import type { Interpretation } from '@innkeeper/shared/ingest/delivery-source';
import { unexpectedPayload } from '@innkeeper/shared/ingest/unexpected-payload';

/** A mapped event without what its mapping needs is parked with the fields' names. */
export const unexpected = (error: Parameters<typeof unexpectedPayload>[0]): Interpretation => ({
  kind: 'unfinished',
  changes: [],
  failure: unexpectedPayload(error),
});
