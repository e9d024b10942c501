import { createAircallSource } from '@innkeeper/aircall-webhook/aircall-source';
import { createHandler } from '@innkeeper/aircall-webhook/handler';
import { createAircallHydrator } from '@innkeeper/aircall-webhook/hydration/aircall-hydrator';
import { createAircallPages } from '@innkeeper/aircall-webhook/hydration/aircall-pages';
import { createAircallReads } from '@innkeeper/aircall-webhook/hydration/aircall-reads';
import { aircallClient } from '@innkeeper/shared/adapters/aircall/aircall-client';
import { Secret } from '@innkeeper/shared/config/secret';
import { createRateGate, type RateWindow } from '@innkeeper/shared/hydration/rate-gate';
import { fixedSecrets } from '@innkeeper/shared/testing/fixed-secrets';
import { AIRCALL_TOKEN } from '../vendors/sender.ts';
import type { WorkerWiring } from './wiring.ts';

/** As `workers/aircall-webhook/src/index.ts` and its Durable Object put it together. */
const WINDOWS: readonly RateWindow[] = [{ name: 'minute', lengthMs: 60_000, callsMax: 120 }];

const SECRETS = fixedSecrets([AIRCALL_TOKEN]);

export const aircallWiring: WorkerWiring = {
  source: 'aircall',
  createHandler: ports => createHandler({ ...ports, secrets: SECRETS }),
  createSource: createAircallSource,
  recordKind: subject => (subject === 'contact' ? 'contact' : 'call'),
  createHydration: ({ fetch, store, journal, now, wait }) => {
    const gate = createRateGate({ windows: WINDOWS, journal, nowMs: now() });
    const client = aircallClient({
      baseUrl: 'https://api.aircall.example/v1',
      apiId: 'simulation',
      apiToken: new Secret('simulation'),
      fetch,
      now,
    });
    const reads = createAircallReads({ client, gate, now, wait });
    return { hydrator: createAircallHydrator({ reads, store, now }), pages: createAircallPages(reads) };
  },
};
