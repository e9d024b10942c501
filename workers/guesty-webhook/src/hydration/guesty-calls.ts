import type { GuestyAnswer } from '@innkeeper/shared/adapters/guesty/guesty-call';
import type { VendorError } from '@innkeeper/shared/adapters/http/vendor-reply';
import { passGate } from '@innkeeper/shared/hydration/pass-gate';
import type { CallLane, RateGate } from '@innkeeper/shared/hydration/rate-gate';
import type { Result } from '@innkeeper/shared/result/result';
import type { GuestyTokens } from './guesty-tokens.ts';

/** Every call to Guesty's API, for the whole fleet: through one token and one rate gate. I/O: the calls. */
export type GuestyCalls = <T>(
  lane: CallLane,
  request: (token: string) => Promise<GuestyAnswer<T>>,
) => Promise<GatedAnswer<T>>;

export interface GatedAnswer<T> {
  readonly result: Result<T, VendorError>;
  /** Whatever changed before it is in the result. */
  readonly beganAtMs: number;
}

export interface GuestyCallsOptions {
  readonly tokens: GuestyTokens;
  readonly gate: RateGate;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** A refused token is replaced once. */
export function createGuestyCalls(options: GuestyCallsOptions): GuestyCalls {
  const { tokens, gate, now } = options;
  const once = async <T>(
    lane: CallLane,
    request: (token: string) => Promise<GuestyAnswer<T>>,
    token: string,
  ): Promise<GatedAnswer<T>> => {
    const passed = await passGate(options, lane);
    if (!passed.ok) return { result: passed, beganAtMs: now() };
    const { result, limits } = await request(token);
    gate.observed(limits, now());
    return { result, beganAtMs: passed.value.beganAtMs };
  };

  return async (lane, request) => {
    const token = await tokens.token();
    if (!token.ok) return { result: token, beganAtMs: now() };
    const answer = await once(lane, request, token.value);
    if (answer.result.ok || answer.result.error.kind !== 'denied' || answer.result.error.status !== 401) return answer;
    const renewed = await tokens.token(token.value);
    return renewed.ok ? once(lane, request, renewed.value) : { result: renewed, beganAtMs: now() };
  };
}
