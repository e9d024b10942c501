import type { StoreError } from '../../ports/document-store.ts';

/**
 * What a failed call to Firestore means to a caller. Pure; one table for REST (status names) and the SDK (gRPC codes).
 * Details name the operation and Google's status, never its message: that may quote ids and values.
 */
export const GRPC_STATUS = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;
export type GoogleStatus = (typeof GRPC_STATUS)[number];

export type StoreOperation = 'getAll' | 'query' | 'commit' | 'transact';

export function storeErrorOf(
  operation: StoreOperation,
  status: GoogleStatus,
  facts: { readonly preconditions: boolean; readonly retryAfterMs?: number },
): StoreError {
  const detail = `firestore ${operation}: ${status}`;
  switch (status) {
    case 'ALREADY_EXISTS':
      return { kind: 'precondition_failed', detail };
    case 'FAILED_PRECONDITION':
    case 'NOT_FOUND':
      if (facts.preconditions) return { kind: 'precondition_failed', detail };
      return status === 'NOT_FOUND'
        ? { kind: 'denied', detail: `${detail} (the database or project does not exist)` }
        : { kind: 'refused', detail: `${detail} (a query may lack its index)` };
    case 'ABORTED':
      return { kind: 'contention', detail };
    case 'UNAUTHENTICATED':
    case 'PERMISSION_DENIED':
      return { kind: 'denied', detail };
    case 'INVALID_ARGUMENT':
    case 'OUT_OF_RANGE':
    case 'UNIMPLEMENTED':
      return { kind: 'refused', detail };
    case 'OK':
    case 'CANCELLED':
    case 'UNKNOWN':
    case 'DEADLINE_EXCEEDED':
    case 'RESOURCE_EXHAUSTED':
    case 'INTERNAL':
    case 'UNAVAILABLE':
    case 'DATA_LOSS':
      return {
        kind: 'unavailable',
        detail,
        ...(facts.retryAfterMs === undefined ? {} : { retryAfterMs: facts.retryAfterMs }),
      };
    default:
      return status satisfies never;
  }
}

/** For answers without Google's error body: what a proxy or load balancer in between says by status alone. */
export function statusOfHttp(code: number): GoogleStatus {
  switch (code) {
    case 400:
      return 'INVALID_ARGUMENT';
    case 401:
      return 'UNAUTHENTICATED';
    case 403:
      return 'PERMISSION_DENIED';
    case 404:
      return 'NOT_FOUND';
    case 409:
      return 'ABORTED';
    case 429:
      return 'RESOURCE_EXHAUSTED';
    default:
      return 'UNAVAILABLE';
  }
}
