import type {
  AircallAnswer,
  AircallClient,
  AircallError,
  AircallPage,
  Insight,
  ListWanted,
} from '@innkeeper/shared/adapters/aircall/aircall-client';
import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import type { RateGate } from '@innkeeper/shared/hydration/rate-gate';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import type { Lane } from '@innkeeper/shared/ports/hydration-gate';
import { err, ok, type Result, unreachable } from '@innkeeper/shared/result/result';

/** All reads of Aircall's API, for the whole fleet, through one rate gate. I/O: the client. */
export interface AircallReads {
  readonly call: (id: string, lane: Lane) => Promise<Read<JsonObject>>;
  readonly contact: (id: string, lane: Lane) => Promise<Read<JsonObject>>;
  readonly insight: (callId: string, insight: Insight, lane: Lane) => Promise<Read<JsonObject>>;
  readonly calls: (wanted: ListWanted) => Promise<Read<AircallPage>>;
  readonly contacts: (wanted: ListWanted & { changedFirst?: boolean }) => Promise<Read<AircallPage>>;
}

export type Read<T> =
  /** `beganAtMs`: whatever changed before it is in `value`. */
  | { readonly outcome: 'found'; readonly value: T; readonly beganAtMs: number }
  | { readonly outcome: 'not_found' }
  | { readonly outcome: 'failed'; readonly failure: DeliveryFailure };

export interface AircallReadsOptions {
  readonly client: AircallClient;
  readonly gate: Pick<RateGate, 'delayMs' | 'began' | 'observed'>;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Longer waits belong to whoever keeps the work through a crash. */
const PATIENCE_MS = 5_000;

export function createAircallReads({ client, gate, now, wait }: AircallReadsOptions): AircallReads {
  /** When the call may begin, which is now, and counted. */
  const passGate = async (lane: Lane): Promise<Result<number, AircallError>> => {
    for (;;) {
      const nowMs = now();
      const delayMs = gate.delayMs(nowMs, lane);
      if (delayMs > PATIENCE_MS) return err({ kind: 'limited', retryAfterMs: delayMs });
      if (delayMs === 0) {
        gate.began(nowMs); // in the same turn, so that of two that wait only one finds the gate open
        return ok(nowMs);
      }
      await wait(delayMs);
    }
  };

  const read = async <T>(lane: Lane, request: () => Promise<AircallAnswer<T>>): Promise<Read<T>> => {
    const passed = await passGate(lane);
    if (!passed.ok) return { outcome: 'failed', failure: toFailure(passed.error) };
    const { result, limits } = await request();
    gate.observed(limits, now());
    if (result.ok) return { outcome: 'found', value: result.value, beganAtMs: passed.value };
    if (result.error.kind === 'not_found') return { outcome: 'not_found' };
    return { outcome: 'failed', failure: toFailure(result.error) };
  };

  return {
    call: (id, lane) => read(lane, () => client.readCall(id)),
    contact: (id, lane) => read(lane, () => client.readContact(id)),
    insight: (callId, insight, lane) => read(lane, () => client.readInsight(callId, insight)),
    calls: wanted => read('backfill', () => client.listCalls(wanted)),
    contacts: wanted => read('backfill', () => client.listContacts(wanted)),
  };
}

function toFailure(error: AircallError): DeliveryFailure {
  switch (error.kind) {
    case 'limited':
      return { kind: 'vendor_limited', detail: 'Aircall: limit used up', ...waitOf(error) };
    case 'unavailable':
      return { kind: 'vendor_unavailable', detail: `Aircall: ${error.detail}`, ...waitOf(error) };
    case 'denied':
      return { kind: 'vendor_denied', detail: `Aircall: credentials refused with status ${error.status}` };
    case 'refused':
      return { kind: 'vendor_unavailable', detail: `Aircall: request refused with status ${error.status}` };
    case 'not_found':
      return { kind: 'vendor_unknown', detail: 'Aircall: no such thing' };
    default:
      return unreachable(error);
  }
}

const waitOf = (error: { readonly retryAfterMs?: number }) =>
  error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
