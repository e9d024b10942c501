import type { DeliveryFailure } from './delivery-fate.ts';

/** A payload without what its mapping needs. Names the fields that are not as expected, never their values. Pure. */
export function unexpectedPayload(
  error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] },
  ...inside: readonly string[]
): DeliveryFailure {
  const fields = new Set(error.issues.map(issue => [...inside, ...issue.path].join('.')));
  return { kind: 'payload_unexpected', detail: `unexpected: ${[...fields].join(', ')}` };
}
