import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { RecordKind, RecordSource } from '@innkeeper/shared/domain/ids';
import type { Hydrator } from '@innkeeper/shared/hydration/hydrator';
import type { RateJournal } from '@innkeeper/shared/hydration/rate-gate';
import type { AcceptDeliveryPorts } from '@innkeeper/shared/ingest/accept-delivery';
import type { DeliverySource } from '@innkeeper/shared/ingest/delivery-source';
import type { PageReader } from '@innkeeper/shared/jobs/page-reader';
import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';

/** What differs between the webhook Workers: all of it is their own code, put together as their `index.ts` does. */
export interface WorkerWiring {
  readonly source: RecordSource;
  readonly createHandler: (
    ports: AcceptDeliveryPorts & { readonly log: Log },
  ) => (request: Request) => Promise<Response>;
  readonly createSource: (ports: { readonly store: DocumentStore; readonly log: Log }) => DeliverySource;
  readonly createHydration: (ports: HydrationPorts) => Hydration;
  readonly recordKind: (subject: string) => RecordKind;
}

export interface HydrationPorts {
  readonly fetch: Fetch;
  readonly store: DocumentStore;
  readonly journal: RateJournal;
  /** Values of the object's storage that last. */
  readonly kept: Map<string, unknown>;
  readonly log: Log;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export interface Hydration {
  readonly hydrator: Hydrator;
  readonly pages: PageReader;
}
