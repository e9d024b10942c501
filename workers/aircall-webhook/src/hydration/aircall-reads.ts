import type {
  AircallAnswer,
  AircallClient,
  AircallPage,
  Insight,
  ListWanted,
} from '@innkeeper/shared/adapters/aircall/aircall-client';
import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import { passGate } from '@innkeeper/shared/hydration/pass-gate';
import type { CallLane, RateGate } from '@innkeeper/shared/hydration/rate-gate';
import { vendorFailure } from '@innkeeper/shared/hydration/vendor-failure';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import type { Lane } from '@innkeeper/shared/ports/hydration-gate';

/** All reads of Aircall's API, for the whole fleet, through one rate gate. I/O: the client. */
export interface AircallReads {
  readonly call: (id: string, lane: Lane) => Promise<Read<JsonObject>>;
  readonly contact: (id: string, lane: Lane) => Promise<Read<JsonObject>>;
  readonly insight: (callId: string, insight: Insight, lane: Lane) => Promise<Read<JsonObject>>;
  readonly calls: (wanted: ListWanted, lane: CallLane) => Promise<Read<AircallPage>>;
  readonly contacts: (wanted: ListWanted & { changedFirst?: boolean }, lane: CallLane) => Promise<Read<AircallPage>>;
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

export function createAircallReads(options: AircallReadsOptions): AircallReads {
  const { client, gate, now } = options;
  const read = async <T>(lane: CallLane, request: () => Promise<AircallAnswer<T>>): Promise<Read<T>> => {
    const passed = await passGate(options, lane);
    if (!passed.ok) return { outcome: 'failed', failure: vendorFailure('Aircall', passed.error) };
    const { result, limits } = await request();
    gate.observed(limits, now());
    if (result.ok) return { outcome: 'found', value: result.value, beganAtMs: passed.value.beganAtMs };
    if (result.error.kind === 'not_found') return { outcome: 'not_found' };
    return { outcome: 'failed', failure: vendorFailure('Aircall', result.error) };
  };

  return {
    call: (id, lane) => read(lane, () => client.readCall(id)),
    contact: (id, lane) => read(lane, () => client.readContact(id)),
    insight: (callId, insight, lane) => read(lane, () => client.readInsight(callId, insight)),
    calls: (wanted, lane) => read(lane, () => client.listCalls(wanted)),
    contacts: (wanted, lane) => read(lane, () => client.listContacts(wanted)),
  };
}
