import type { JobPurpose, ReadJob } from '../contracts/read-job.ts';
import type { RecordKind } from '../domain/ids.ts';
import type { JsonObject } from '../http-edge/parse-json-object.ts';
import type { CallLane } from '../hydration/rate-gate.ts';
import type { DeliveryFailure } from '../ingest/delivery-fate.ts';
import type { Result } from '../result/result.ts';

/** A vendor's lists, page by page, at the rate the gate allows to the lane of the walk's purpose. */
export interface PageReader {
  readonly resources: readonly ResourcePlan[];
  readPage(request: PageRequest): Promise<Result<Page, DeliveryFailure>>;
}

/** How a resource is walked for each purpose. */
export interface ResourcePlan {
  readonly resource: string;
  /** Kinds of records its things become. */
  readonly kinds: readonly RecordKind[];
  readonly purposes: readonly JobPurpose[];
  /** Bounds of a walk that begins at `nowMs`. `sinceMs`: where the last gap check ended, less the overlap. */
  window(purpose: JobPurpose, nowMs: number, sinceMs: number | undefined): ReadJob['window'];
  /** Whether a record lies within the bounds, so that one the vendor did not show there has vanished. */
  covers?(record: { readonly facts: Readonly<Record<string, unknown>> }, window: ReadJob['window']): boolean;
}

/** Pure. */
export const laneOf = (purpose: JobPurpose): CallLane => (purpose === 'gap-check' ? 'gap-check' : 'backfill');

export interface PageRequest {
  readonly resource: string;
  /** A gap check's bounds are of changes; any other's are the resource's own. */
  readonly purpose: JobPurpose;
  readonly window: ReadJob['window'];
  readonly cursor?: string;
}

export interface Page {
  readonly things: readonly VendorThing[];
  /** Absent on the last page. */
  readonly next?: string;
  readonly total?: number;
  /** When the read began, ms. */
  readonly beganAtMs: number;
}

export interface VendorThing {
  readonly kind: RecordKind;
  readonly id: string;
  readonly value: JsonObject;
}
