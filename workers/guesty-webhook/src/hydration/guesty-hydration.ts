import {
  DurableHydration,
  type HydrationBindings,
  type HydrationState,
  type VendorReading,
} from '@innkeeper/shared/adapters/cloudflare/durable-hydration';
import { durableRateJournal } from '@innkeeper/shared/adapters/cloudflare/durable-rate-journal';
import type { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';
import { workerDocumentStore } from '@innkeeper/shared/adapters/cloudflare/worker-document-store';
import { GoogleConfig } from '@innkeeper/shared/adapters/google-auth/google-config';
import { type GuestyClient, guestyClient } from '@innkeeper/shared/adapters/guesty/guesty-client';
import type { VendorError } from '@innkeeper/shared/adapters/http/vendor-reply';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { RecordKind } from '@innkeeper/shared/domain/ids';
import { passGate } from '@innkeeper/shared/hydration/pass-gate';
import { createRateGate, type RateWindow } from '@innkeeper/shared/hydration/rate-gate';
import { vendorFailure } from '@innkeeper/shared/hydration/vendor-failure';
import { detailOf } from '@innkeeper/shared/ingest/delivery-fate';
import { createLog } from '@innkeeper/shared/log/log';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { HydrationConfig } from '../config.ts';
import { createGuestySource } from '../guesty-source.ts';
import { createGuestyCalls, type GuestyCallsOptions } from './guesty-calls.ts';
import { createGuestyHydrator } from './guesty-hydrator.ts';
import { createGuestyPages } from './guesty-pages.ts';
import { createGuestyReads } from './guesty-reads.ts';
import { createGuestyTokens, type GuestyTokens, type TokenState } from './guesty-tokens.ts';

/**
 * Durable Object through which the whole fleet reads Guesty's API: one owner of the OAuth token, of the rate limit, of
 * what is marked and of the jobs.
 */
interface Bindings extends HydrationBindings, Record<string, unknown> {
  readonly GOOGLE_TOKEN: DurableObjectNamespace<GoogleTokenKeeper>;
}

/** From the vendor's "Rate Limits" page. */
const WINDOWS: readonly RateWindow[] = [
  { name: 'second', lengthMs: 1_000, callsMax: 15 },
  { name: 'minute', lengthMs: 60_000, callsMax: 120 },
  { name: 'hour', lengthMs: 3_600_000, callsMax: 5_000 },
];

const TOKEN_KEY = 'guesty-token';

export interface SharedToken {
  readonly token: string;
  /** ISO 8601 UTC. */
  readonly expiresAt: string;
}

export interface TokenRefusal {
  /** `denied`: an operator must act; everything else passes. */
  readonly kind: 'denied' | 'unavailable';
  readonly detail: string;
}

export class GuestyHydration extends DurableHydration<Bindings> {
  readonly #tokens: GuestyTokens;
  readonly #limits: Limits;

  constructor(context: DurableObjectState, environment: Bindings) {
    const client = guestyClient({
      ...parseConfig('guesty-hydration', HydrationConfig, environment),
      fetch: (...call) => fetch(...call),
    });
    const tokens = durableTokens(context.storage, client);
    const limits = durableLimits(context.storage);
    super(context, environment, compose(environment, { client, tokens, limits }));
    this.#tokens = tokens;
    this.#limits = limits;
  }

  /** The fleet's token, for one call within the limits; a new one if `refused` is the present one. */
  async token(refused?: string): Promise<Result<SharedToken, TokenRefusal>> {
    const token = await this.#tokens.token(refused);
    if (!token.ok) return err(toRefusal(token.error));
    const passed = await passGate(this.#limits, 'live');
    if (!passed.ok) return err(toRefusal(passed.error));
    const { expiresAtMs = Date.now() } = await this.#tokens.standing();
    return ok({ token: token.value, expiresAt: new Date(expiresAtMs).toISOString() });
  }

  override async state(): Promise<HydrationState> {
    const { expiresAtMs, attemptsLeft } = await this.#tokens.standing();
    const expiresAt = expiresAtMs === undefined ? {} : { expiresAt: new Date(expiresAtMs).toISOString() };
    return { ...(await super.state()), token: { ...expiresAt, attemptsLeft } };
  }
}

const toRefusal = (error: VendorError): TokenRefusal => ({
  kind: error.kind === 'denied' ? 'denied' : 'unavailable',
  detail: detailOf(vendorFailure('Guesty', error)),
});

/** The limits of the API, counted for everybody. */
type Limits = Pick<GuestyCallsOptions, 'gate' | 'now' | 'wait'>;

function durableLimits(storage: DurableObjectStorage): Limits {
  const now = () => Date.now();
  const gate = createRateGate({ windows: WINDOWS, journal: durableRateJournal(storage.sql), nowMs: now() });
  return { gate, now, wait: milliseconds => scheduler.wait(milliseconds) };
}

function durableTokens(storage: DurableObjectStorage, client: GuestyClient): GuestyTokens {
  return createGuestyTokens({
    storage: {
      read: () => storage.get<TokenState>(TOKEN_KEY),
      write: async state => {
        await storage.put(TOKEN_KEY, state);
        await storage.sync(); // an attempt counts against the quota only once it survives a crash
      },
    },
    request: client.requestToken,
    now: () => Date.now(),
  });
}

function compose(
  environment: Bindings,
  parts: { readonly client: GuestyClient; readonly tokens: GuestyTokens; readonly limits: Limits },
): VendorReading {
  const { client, tokens, limits } = parts;
  const { gate, now } = limits;
  const { google } = parseConfig('guesty-hydration', GoogleConfig, environment);
  const log = createLog('guesty-webhook');
  const store = workerDocumentStore(google, environment);
  const calls = createGuestyCalls({ ...limits, tokens });
  const reads = createGuestyReads({ client, calls, now, log });
  return {
    source: createGuestySource({ store, log }),
    hydrator: createGuestyHydrator({ reads, store, now, log }),
    pages: createGuestyPages({ client, calls, reads, store, now }),
    gate,
    store,
    log,
    // A calendar goes by the id of its home.
    recordKind: subject => RecordKind.safeParse(subject).data ?? 'listing',
  };
}
