import { DurableObject } from 'cloudflare:workers';
import { TokenLedger } from './token-ledger.ts';
import type { Booking, TokenLimits, TokenRequest } from './token-limits.ts';

/** Durable Object that keeps what the language model may still be used for today (`token-ledger.ts`). */
export class Allowance extends DurableObject {
  readonly #ledger: TokenLedger;

  constructor(state: DurableObjectState, environment: Cloudflare.Env) {
    super(state, environment);
    this.#ledger = new TokenLedger(state.storage.sql);
  }

  book(request: TokenRequest, limits: TokenLimits): Booking {
    return this.#ledger.book(request, limits, Date.now());
  }

  correct(id: number, tokens: number): void {
    this.#ledger.correct(id, tokens);
  }
}

/** The one object of this class. */
export const ALLOWANCE_NAME = 'all';
