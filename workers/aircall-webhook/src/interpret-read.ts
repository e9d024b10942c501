import { AircallCall, AircallContact } from '@innkeeper/shared/adapters/aircall/payload';
import { VendorRead } from '@innkeeper/shared/contracts/vendor-read';
import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import type { Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import type { ChangePart, RecordChange } from '@innkeeper/shared/ingest/record-change';
import { unexpectedPayload } from '@innkeeper/shared/ingest/unexpected-payload';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { buildChange, type ChangeOrigin } from './build-change.ts';
import { readVersion } from './clock.ts';
import { insightMarks, isInsightLook } from './hydration/insight-look.ts';
import { normaliseCall } from './normalise-call.ts';
import { normaliseContact } from './normalise-contact.ts';

/** What a read of Aircall's API shows, one by one or as a line of a list. Pure. */
export function interpretRead(received: ReceivedDelivery): Interpretation {
  const read = VendorRead.safeParse(received.payload);
  if (!read.success) return { kind: 'unfinished', changes: [], failure: unexpectedPayload(read.error) };
  const { event, kind, readBeganAt, purpose, value } = read.data;
  const { eventId, receivedAt } = received.delivery;
  const origin: ChangeOrigin = { eventId, event, receivedAt, via: purpose, observedAtMs: Date.parse(readBeganAt) };
  if (kind === 'call' && isInsightLook(value)) {
    const marks = insightMarks(value, origin.observedAtMs, { eventId, event, receivedAt });
    return { kind: 'understood', changes: [], marks };
  }
  const change =
    kind === 'call' ? callRead(value, origin) : kind === 'contact' ? contactRead(value, origin) : undefined;
  if (change === undefined) {
    return { kind: 'unfinished', changes: [], failure: unexpectedPayload({ issues: [{ path: ['kind'] }] }) };
  }
  return change.ok
    ? { kind: 'understood', changes: [change.value] }
    : { kind: 'unfinished', changes: [], failure: change.error };
}

/** The call as a read shows it, with further facts that were read of it. */
export function callRead(
  value: JsonObject,
  origin: ChangeOrigin,
  further: readonly ChangePart[] = [],
): Result<RecordChange, DeliveryFailure> {
  const parsed = AircallCall.safeParse(value);
  if (!parsed.success) return err(unexpectedPayload(parsed.error, 'value'));
  const parts = normaliseCall({ call: parsed.data, version: readVersion(origin.observedAtMs) });
  return ok(buildChange(origin, 'call', parsed.data.id, [...parts, ...further]));
}

export function contactRead(value: JsonObject, origin: ChangeOrigin): Result<RecordChange, DeliveryFailure> {
  const parsed = AircallContact.safeParse(value);
  if (!parsed.success) return err(unexpectedPayload(parsed.error, 'value'));
  const part = normaliseContact(parsed.data, readVersion(origin.observedAtMs));
  return ok(buildChange(origin, 'contact', parsed.data.id, [part]));
}
