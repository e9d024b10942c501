import type { DirtySet } from '../hydration/dirty-set.ts';
import type { AuthenticDelivery } from '../ingest/accept-delivery.ts';
import type { DeliverySource } from '../ingest/delivery-source.ts';
import type { Log } from '../log/log.ts';
import type { DurabilityError } from '../ports/delivery-queue.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Result } from '../result/result.ts';
import type { JobStore } from './job-store.ts';
import type { PageReader } from './page-reader.ts';

/** What a step of a read job works with. */
export interface JobPorts {
  readonly jobs: JobStore;
  readonly pages: PageReader;
  /** Tells what a thing means, as it will for the consumer. */
  readonly source: Pick<DeliverySource, 'source' | 'interpret'>;
  readonly store: Pick<DocumentStore, 'getAll' | 'query' | 'commit'>;
  /** Puts a delivery where it is durable: `acceptDelivery` with its ports. */
  readonly accept: (delivery: AuthenticDelivery) => Promise<Result<void, DurabilityError>>;
  readonly dirtySet: Pick<DirtySet, 'mark'>;
  readonly now: () => number;
  readonly random: () => number;
  readonly log: Log;
}
