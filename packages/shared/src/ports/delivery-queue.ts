import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import type { Result } from '../result/result.ts';

/** Durable queue between a webhook Worker's edge and its consumer. */
export interface DeliveryQueue {
  /** Resolves with `ok` only once the delivery is durable. */
  send(delivery: InboundDelivery): Promise<Result<void, DurabilityError>>;
}

/** Object store for what is too large for the queue or for a document. */
export interface OverflowStore {
  put(key: string, text: string): Promise<Result<void, DurabilityError>>;
  /** `undefined` where no object is. */
  get(key: string): Promise<Result<string | undefined, DurabilityError>>;
  delete(key: string): Promise<Result<void, DurabilityError>>;
  /** Keys that begin with `prefix`, in order of their text, from `cursor` on. */
  list(
    prefix: string,
    page: { readonly max: number; readonly cursor?: string },
  ): Promise<Result<KeyPage, DurabilityError>>;
}

export interface KeyPage {
  readonly keys: readonly string[];
  /** Absent on the last page. Stays good when listed objects are deleted meanwhile. */
  readonly cursor?: string;
}

/** The store did not take it or could not be asked; nothing is known to be durable. */
export interface DurabilityError {
  readonly kind: 'unavailable';
  readonly detail: string;
}
