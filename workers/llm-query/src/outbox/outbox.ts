import { DurableObject } from 'cloudflare:workers';
import type { LimitHeard } from '@innkeeper/shared/adapters/rocketchat/rocketchat-pace';
import type { Turn, TurnRequest } from './turn-ledger.ts';
import { TurnLedger } from './turn-ledger.ts';

/** Durable Object of one bot (`turn-ledger.ts`): the turns of all its conversations, briefings and announcements. */
export class Outbox extends DurableObject {
  readonly #ledger: TurnLedger;

  constructor(state: DurableObjectState, environment: Cloudflare.Env) {
    super(state, environment);
    this.#ledger = new TurnLedger(state.storage.sql);
  }

  turn(request: TurnRequest): Turn {
    return this.#ledger.take(request, Date.now());
  }

  heard(endpoint: string, limit: LimitHeard): void {
    const now = Date.now();
    if (limit.kind === 'refused') this.#ledger.close(endpoint, now + limit.retryAfterMs);
    else this.#ledger.setExempt(endpoint, limit.kind === 'exempt', now);
  }
}

/** The one object of this class: there is one bot. */
export const OUTBOX_NAME = 'bot';
