import {
  type GuestyAnswer,
  type GuestyClient,
  type GuestyError,
  RESERVATIONS_PER_READ,
} from '@innkeeper/shared/adapters/guesty/guesty-client';
import {
  type GuestyGuest,
  type GuestyListing,
  type GuestyReservation,
  reservationIdOf,
} from '@innkeeper/shared/adapters/guesty/payload';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import { err, ok, type Result, unreachable } from '@innkeeper/shared/result/result';
import { coalesceReads } from './coalesce-reads.ts';
import type { GuestyTokens } from './guesty-tokens.ts';
import type { RateGate } from './rate-gate.ts';
import { readOnce } from './read-once.ts';

/**
 * All reads of Guesty's API, for the whole fleet: through one token, one rate gate, in batches. I/O: the client.
 */
export interface GuestyReads {
  readonly reservation: (id: string) => Promise<Read<GuestyReservation>>;
  readonly listing: (id: string) => Promise<Read<GuestyListing>>;
  readonly guest: (id: string) => Promise<Read<GuestyGuest>>;
}

export type Read<T> =
  /** `beganAtMs`: whatever changed before it is in `value`. */
  | { readonly outcome: 'found'; readonly value: T; readonly beganAtMs: number }
  | { readonly outcome: 'not_found' }
  | { readonly outcome: 'failed'; readonly failure: DeliveryFailure };

export interface GuestyReadsOptions {
  readonly client: GuestyClient;
  readonly tokens: GuestyTokens;
  readonly gate: RateGate;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Two answers under way hide the vendor's latency; more would only spend the minute's quota on smaller batches. */
const BATCHES_IN_FLIGHT_MAX = 2;
/** Longer waits for the quota belong on the queue, which keeps them through a crash. */
const PATIENCE_MS = 5_000;
/** Homes and guests report their own changes; this only bridges a burst until their records are written. */
const KEEP_RELATED_MS = 60_000;
const KEEP_RELATED_MAX = 1_000;

export function createGuestyReads(options: GuestyReadsOptions): GuestyReads {
  const { client, now } = options;
  const call = createGatedCall(options);

  const readOlderRoute = async (id: string): Promise<Read<GuestyReservation>> => {
    const answer = await call(token => client.readReservation(token, id));
    return toRead(answer);
  };

  const readBatch = async (ids: readonly string[]): Promise<ReadonlyMap<string, Read<GuestyReservation>>> => {
    const answer = await call(token => client.readReservations(token, ids));
    // The newer route is not open to every account, and one odd id spoils its whole answer: then one by one.
    if (!answer.result.ok && (answer.result.error.kind === 'not_found' || answer.result.error.kind === 'refused')) {
      return new Map(await Promise.all(ids.map(async id => [id, await readOlderRoute(id)] as const)));
    }
    const { result, beganAtMs } = answer;
    if (!result.ok) return new Map(ids.map(id => [id, { outcome: 'failed', failure: toFailure(result.error) }]));
    const found = new Map(result.value.map(reservation => [reservationIdOf(reservation), reservation]));
    return new Map(
      ids.map(id => {
        const value = found.get(id);
        return [id, value === undefined ? { outcome: 'not_found' } : { outcome: 'found', value, beganAtMs }];
      }),
    );
  };

  const once = <T>(read: (token: string, id: string) => Promise<GuestyAnswer<T>>) =>
    readOnce<Read<T>>({
      read: async id => toRead(await call(token => read(token, id))),
      keep: answer => answer.outcome !== 'failed',
      keepMs: KEEP_RELATED_MS,
      keepMax: KEEP_RELATED_MAX,
      now,
    });

  const reservations = coalesceReads({
    readBatch,
    batchMax: RESERVATIONS_PER_READ,
    inFlightMax: BATCHES_IN_FLIGHT_MAX,
  });
  return { reservation: reservations.read, listing: once(client.readListing), guest: once(client.readGuest) };
}

interface GatedAnswer<T> {
  readonly result: Result<T, GuestyError>;
  readonly beganAtMs: number;
}

/** One call within the limits, with a token; a refused token is replaced once. */
function createGatedCall({ tokens, gate, now, wait }: GuestyReadsOptions) {
  const passGate = async (): Promise<Result<void, GuestyError>> => {
    for (;;) {
      const delayMs = gate.delayMs(now());
      if (delayMs > PATIENCE_MS) return err({ kind: 'limited', retryAfterMs: delayMs });
      if (delayMs === 0) return ok(undefined);
      await wait(delayMs);
    }
  };

  const once = async <T>(
    request: (token: string) => Promise<GuestyAnswer<T>>,
    token: string,
  ): Promise<GatedAnswer<T>> => {
    const passed = await passGate();
    const beganAtMs = now();
    if (!passed.ok) return { result: passed, beganAtMs };
    gate.began(beganAtMs);
    const { result, limits } = await request(token);
    gate.observed(limits, now());
    return { result, beganAtMs };
  };

  return async <T>(request: (token: string) => Promise<GuestyAnswer<T>>): Promise<GatedAnswer<T>> => {
    const token = await tokens.token();
    if (!token.ok) return { result: token, beganAtMs: now() };
    const answer = await once(request, token.value);
    if (answer.result.ok || answer.result.error.kind !== 'denied' || answer.result.error.status !== 401) return answer;
    const renewed = await tokens.token(token.value);
    return renewed.ok ? once(request, renewed.value) : { result: renewed, beganAtMs: now() };
  };
}

function toRead<T>({ result, beganAtMs }: GatedAnswer<T>): Read<T> {
  if (result.ok) return { outcome: 'found', value: result.value, beganAtMs };
  return result.error.kind === 'not_found'
    ? { outcome: 'not_found' }
    : { outcome: 'failed', failure: toFailure(result.error) };
}

function toFailure(error: GuestyError): DeliveryFailure {
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
