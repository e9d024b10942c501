import { createGuestySource } from '@innkeeper/guesty-webhook/guesty-source';
import { createHandler } from '@innkeeper/guesty-webhook/handler';
import { createGuestyCalls } from '@innkeeper/guesty-webhook/hydration/guesty-calls';
import { createGuestyHydrator } from '@innkeeper/guesty-webhook/hydration/guesty-hydrator';
import { createGuestyPages } from '@innkeeper/guesty-webhook/hydration/guesty-pages';
import { createGuestyReads } from '@innkeeper/guesty-webhook/hydration/guesty-reads';
import { createGuestyTokens, type TokenState } from '@innkeeper/guesty-webhook/hydration/guesty-tokens';
import { guestyClient } from '@innkeeper/shared/adapters/guesty/guesty-client';
import { Secret } from '@innkeeper/shared/config/secret';
import { RecordKind } from '@innkeeper/shared/domain/ids';
import { createRateGate, type RateWindow } from '@innkeeper/shared/hydration/rate-gate';
import { fixedSecrets } from '@innkeeper/shared/testing/fixed-secrets';
import { GUESTY_SECRET } from '../vendors/sender.ts';
import type { WorkerWiring } from './wiring.ts';

/** As `workers/guesty-webhook/src/index.ts` and its Durable Object put it together. */
const WINDOWS: readonly RateWindow[] = [
  { name: 'second', lengthMs: 1_000, callsMax: 15 },
  { name: 'minute', lengthMs: 60_000, callsMax: 120 },
  { name: 'hour', lengthMs: 3_600_000, callsMax: 5_000 },
];

const SECRETS = fixedSecrets([GUESTY_SECRET]);

export const guestyWiring: WorkerWiring = {
  source: 'guesty',
  createHandler: ports => createHandler({ ...ports, secrets: SECRETS }),
  createSource: createGuestySource,
  recordKind: subject => RecordKind.safeParse(subject).data ?? 'listing',
  createHydration: ({ fetch, store, journal, kept, log, now, wait }) => {
    const client = guestyClient({
      baseUrl: 'https://open-api.guesty.example/v1',
      tokenUrl: 'https://open-api.guesty.example/oauth2/token',
      clientId: 'simulation',
      clientSecret: new Secret('simulation'),
      fetch,
    });
    const tokens = createGuestyTokens({
      storage: {
        read: () => Promise.resolve(kept.get('token') as TokenState | undefined), // only ever written below
        write: state => Promise.resolve(void kept.set('token', state)),
      },
      request: client.requestToken,
      now,
    });
    const gate = createRateGate({ windows: WINDOWS, journal, nowMs: now() });
    const calls = createGuestyCalls({ tokens, gate, now, wait });
    const reads = createGuestyReads({ client, calls, now, log });
    return {
      hydrator: createGuestyHydrator({ reads, store, log, now }),
      pages: createGuestyPages({ client, calls, reads, store, now }),
    };
  },
};
