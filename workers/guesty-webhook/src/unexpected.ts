import type { Interpretation } from '@innkeeper/shared/ingest/delivery-source';

/** A mapped event without what its mapping needs. Names the fields that are not as expected, never their values. */
export function unexpected(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[] }[];
}): Interpretation {
  const detail = `unexpected: ${error.issues.map(issue => issue.path.join('.')).join(', ')}`;
  return { kind: 'unfinished', changes: [], failure: { kind: 'payload_unexpected', detail } };
}
