import { AircallCall, AircallContact, AircallEnvelope } from '@innkeeper/shared/adapters/aircall/payload';
import type { RecordKind } from '@innkeeper/shared/domain/ids';
import type { DeliverySource, Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import type { ChangePart } from '@innkeeper/shared/ingest/record-change';
import { isCallEvent, normaliseCall } from './normalise-call.ts';
import { isContactEvent, normaliseContact } from './normalise-contact.ts';

/** What an Aircall delivery means. Everything needed is in the payload: no I/O. */
const PIPELINE_REVISION = 1;

export const aircallSource: DeliverySource = {
  source: 'aircall',
  deployable: 'aircall-webhook',
  pipelineRevision: PIPELINE_REVISION,
  eventName: payload => (typeof payload['event'] === 'string' ? payload['event'] : ''),
  interpret: received => Promise.resolve(interpret(received)),
};

function interpret(received: ReceivedDelivery): Interpretation {
  const envelope = AircallEnvelope.safeParse(received.payload);
  if (!envelope.success) return { kind: 'unsupported' };
  const { event, timestamp, data } = envelope.data;
  if (isCallEvent(event)) {
    const call = AircallCall.safeParse(data);
    if (!call.success) return unexpected(call.error.issues);
    return understood(received, event, 'call', call.data.id, normaliseCall(event, timestamp, call.data));
  }
  if (isContactEvent(event)) {
    const contact = AircallContact.safeParse(data);
    if (!contact.success) return unexpected(contact.error.issues);
    return understood(received, event, 'contact', contact.data.id, normaliseContact(event, timestamp, contact.data));
  }
  return { kind: 'unsupported' };
}

function understood(
  { delivery }: ReceivedDelivery,
  event: string,
  kind: RecordKind,
  sourceId: string,
  parts: readonly ChangePart[],
): Interpretation {
  const change = {
    source: 'aircall' as const,
    kind,
    sourceId,
    parts,
    pipelineRevision: PIPELINE_REVISION,
    observedAtMs: Date.parse(delivery.receivedAt),
    receivedAt: delivery.receivedAt,
    provenance: { eventId: delivery.eventId, event, via: 'webhook' as const },
  };
  return { kind: 'understood', changes: [change] };
}

/** Names the fields that are not as expected; never their values. */
function unexpected(issues: readonly { path: readonly PropertyKey[] }[]): Interpretation {
  const fields = issues.map(issue => issue.path.join('.')).join(', ');
  return { kind: 'unfinished', changes: [], failure: { kind: 'payload_unexpected', detail: `unexpected: ${fields}` } };
}
