import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import type { RecordSource } from '../domain/ids.ts';
import type { JsonObject } from '../http-edge/parse-json-object.ts';
import type { Mark } from '../ports/hydration-gate.ts';
import type { DeliveryFailure } from './delivery-fate.ts';
import type { RecordChange } from './record-change.ts';

/** What a source of webhooks contributes: it says what a delivery means; everything else is the same for all. */
export interface DeliverySource {
  readonly source: RecordSource;
  /** Deployable, for logs and parked deliveries. */
  readonly deployable: string;
  /** Raised when the mapping changes meaning, so that a replay takes effect. */
  readonly pipelineRevision: number;
  /** The vendor's name of an event; empty where the body does not say. */
  eventName(payload: JsonObject): string;
  /** May ask the vendor. Called again with the same delivery after a failure. */
  interpret(received: ReceivedDelivery): Promise<Interpretation>;
}

export interface ReceivedDelivery {
  readonly delivery: InboundDelivery;
  readonly payload: JsonObject;
}

export type Interpretation =
  /** `marks`: what must be read from the vendor besides; durable in the gate before the delivery is forgotten. */
  | { readonly kind: 'understood'; readonly changes: readonly RecordChange[]; readonly marks?: readonly Mark[] }
  /** Authentic, and kept without being acted on. `reason`: by decision (named in the mapping table) or never seen before. */
  | { readonly kind: 'unsupported'; readonly reason: string }
  /** `changes` are true as far as they go and are written; the delivery then meets the fate of `failure`. */
  | { readonly kind: 'unfinished'; readonly changes: readonly RecordChange[]; readonly failure: DeliveryFailure };

/** Reason of an event that no mapping table names: a vendor's new event, told to operators. */
export const UNKNOWN_EVENT = 'unknown_event';
