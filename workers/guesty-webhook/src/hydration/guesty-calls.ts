import type { GuestyAnswer, GuestyError } from '@innkeeper/shared/adapters/guesty/guesty-call';
import type { RateGate } from '@innkeeper/shared/hydration/rate-gate';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import type { Lane } from '@innkeeper/shared/ports/hydration-gate';
import { err, ok, type Result, unreachable } from '@innkeeper/shared/result/result';
import type { GuestyTokens } from './guesty-tokens.ts';

/** Every call to Guesty's API, for the whole fleet: through one token and one rate gate. I/O: the calls. */
export type GuestyCalls = <T>(
  lane: Lane,
  request: (token: string) => Promise<GuestyAnswer<T>>,
) => Promise<GatedAnswer<T>>;

export interface GatedAnswer<T> {
  readonly result: Result<T, GuestyError>;
  /** Whatever changed before it is in the result. */
  readonly beganAtMs: number;
}

export interface GuestyCallsOptions {
  readonly tokens: GuestyTokens;
  readonly gate: RateGate;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Longer waits for the quota belong where they survive a crash. */
const PATIENCE_MS = 5_000;

/** Waits for a place within the limits, and takes it. */
export async function passGate(
  { gate, now, wait }: Pick<GuestyCallsOptions, 'gate' | 'now' | 'wait'>,
  lane: Lane,
): Promise<Result<{ readonly beganAtMs: number }, GuestyError>> {
  for (;;) {
    const delayMs = gate.delayMs(now(), lane);
    if (delayMs > PATIENCE_MS) return err({ kind: 'limited', retryAfterMs: delayMs });
    if (delayMs === 0) break;
    await wait(delayMs);
  }
  const beganAtMs = now();
  gate.began(beganAtMs);
  return ok({ beganAtMs });
}

/** A refused token is replaced once. */
export function createGuestyCalls(options: GuestyCallsOptions): GuestyCalls {
  const { tokens, gate, now } = options;
  const once = async <T>(
    lane: Lane,
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

export function toFailure(error: GuestyError): DeliveryFailure {
  switch (error.kind) {
    case 'limited':
      return { kind: 'vendor_limited', detail: 'Guesty: limit used up', ...waitOf(error) };
    case 'unavailable':
      return { kind: 'vendor_unavailable', detail: `Guesty: ${error.detail}`, ...waitOf(error) };
    case 'denied':
      return { kind: 'vendor_denied', detail: `Guesty: credentials refused with status ${error.status}` };
    case 'refused':
      return { kind: 'vendor_unavailable', detail: `Guesty: request refused with status ${error.status}` };
    case 'not_found':
      return { kind: 'vendor_unknown', detail: 'Guesty: no such thing' };
    default:
      return unreachable(error);
  }
}

const waitOf = (error: { readonly retryAfterMs?: number }) =>
  error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
