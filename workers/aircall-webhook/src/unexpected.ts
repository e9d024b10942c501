import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';

/** A payload without what its mapping needs. Names the fields that are not as expected, never their values. Pure. */
export function unexpected(
  error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] },
  ...inside: readonly string[]
): DeliveryFailure {
  const fields = new Set(error.issues.map(issue => [...inside, ...issue.path].join('.')));
  return { kind: 'payload_unexpected', detail: `unexpected: ${[...fields].join(', ')}` };
}
