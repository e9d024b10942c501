import { DurableObject } from 'cloudflare:workers';
import { guestyClient } from '@innkeeper/shared/adapters/guesty/guesty-client';
import type { GuestyGuest, GuestyListing, GuestyReservation } from '@innkeeper/shared/adapters/guesty/payload';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { HydrationConfig } from '../config.ts';
import { createGuestyReads, type GuestyReads, type Read } from './guesty-reads.ts';
import { createGuestyTokens, type TokenState } from './guesty-tokens.ts';
import { createRateGate } from './rate-gate.ts';

/**
 * Durable Object through which the whole fleet reads Guesty's API: one owner of the OAuth token and of the rate limit.
 * The token's state survives a crash; the counts of the rate gate do not, and the vendor's own headers make up for it.
 */
const TOKEN_KEY = 'guesty-token';

export class GuestyHydration extends DurableObject<Record<string, unknown>> {
  readonly #reads: GuestyReads;

  constructor(context: DurableObjectState, environment: Record<string, unknown>) {
    super(context, environment);
    const client = guestyClient({
      ...parseConfig('guesty-hydration', HydrationConfig, environment),
      fetch: (...call) => fetch(...call),
    });
    const now = () => Date.now();
    this.#reads = createGuestyReads({
      client,
      tokens: createGuestyTokens({
        storage: {
          read: () => context.storage.get<TokenState>(TOKEN_KEY),
          write: async state => {
            await context.storage.put(TOKEN_KEY, state);
            await context.storage.sync(); // an attempt counts against the quota only once it survives a crash
          },
        },
        request: client.requestToken,
        now,
      }),
      gate: createRateGate(),
      now,
      wait: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
    });
  }

  /** State of a reservation, by a read that began after this call. */
  reservation(id: string): Promise<Read<GuestyReservation>> {
    return this.#reads.reservation(id);
  }

  listing(id: string): Promise<Read<GuestyListing>> {
    return this.#reads.listing(id);
  }

  guest(id: string): Promise<Read<GuestyGuest>> {
    return this.#reads.guest(id);
  }
}
