import { aircallClient } from '@innkeeper/shared/adapters/aircall/aircall-client';
import {
  DurableHydration,
  type HydrationBindings,
  type VendorReading,
} from '@innkeeper/shared/adapters/cloudflare/durable-hydration';
import { durableRateJournal } from '@innkeeper/shared/adapters/cloudflare/durable-rate-journal';
import type { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';
import { workerDocumentStore } from '@innkeeper/shared/adapters/cloudflare/worker-document-store';
import { GoogleConfig } from '@innkeeper/shared/adapters/google-auth/google-config';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { createRateGate, type RateWindow } from '@innkeeper/shared/hydration/rate-gate';
import { createLog } from '@innkeeper/shared/log/log';
import { createAircallSource } from '../aircall-source.ts';
import { AircallConfig } from '../config.ts';
import { createAircallHydrator } from './aircall-hydrator.ts';
import { createAircallPages } from './aircall-pages.ts';
import { createAircallReads } from './aircall-reads.ts';
import { recordKindOf } from './subjects.ts';

/** Durable Object through which the whole fleet reads Aircall's API: one owner of its limit, of what is marked, of the jobs. */
interface Bindings extends HydrationBindings, Record<string, unknown> {
  readonly GOOGLE_TOKEN: DurableObjectNamespace<GoogleTokenKeeper>;
}

/** Of a whole company, all its integrations together. */
const WINDOWS: readonly RateWindow[] = [{ name: 'minute', lengthMs: 60_000, callsMax: 120 }];

export class AircallHydration extends DurableHydration<Bindings> {
  constructor(context: DurableObjectState, environment: Bindings) {
    super(context, environment, compose(context.storage, environment));
  }
}

function compose(storage: DurableObjectStorage, environment: Bindings): VendorReading {
  const { google } = parseConfig('aircall-hydration', GoogleConfig, environment);
  const log = createLog('aircall-webhook');
  const now = () => Date.now();
  const gate = createRateGate({ windows: WINDOWS, journal: durableRateJournal(storage.sql), nowMs: now() });
  const store = workerDocumentStore(google, environment);
  const reads = createAircallReads({
    client: aircallClient({
      ...parseConfig('aircall-hydration', AircallConfig, environment),
      fetch: (...call) => fetch(...call),
      now,
    }),
    gate,
    now,
    wait: milliseconds => scheduler.wait(milliseconds),
  });
  return {
    source: createAircallSource({ log }),
    hydrator: createAircallHydrator({ reads, store, now }),
    pages: createAircallPages(reads),
    gate,
    store,
    log,
    recordKind: recordKindOf,
  };
}
