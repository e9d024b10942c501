import {
  AircallCall,
  AircallContact,
  type AircallEnvelope,
  AircallInsightNotice,
  AircallIntegration,
  AircallMessage,
  AircallNumber,
  AircallUser,
} from '@innkeeper/shared/adapters/aircall/payload';
import type { RecordKind } from '@innkeeper/shared/domain/ids';
import type { Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import { type ChangePart, rank } from '@innkeeper/shared/ingest/record-change';
import { unexpectedPayload } from '@innkeeper/shared/ingest/unexpected-payload';
import type { UnseenValue } from '@innkeeper/shared/ingest/unseen-value';
import type * as z from 'zod/mini';
import { buildChange, type ChangeOrigin } from './build-change.ts';
import { eventVersion } from './clock.ts';
import type { ActedOnRow, CallRow, InsightRow, ThingRow } from './events/event-table.ts';
import { normaliseCall } from './normalise-call.ts';
import { normaliseContact } from './normalise-contact.ts';
import { normaliseMessage } from './normalise-message.ts';
import { integrationFacts, phoneLineFacts, teamMemberFacts } from './normalise-state.ts';
import { unseenInCall, unseenInMessage } from './unseen-values.ts';

/** What an event of Aircall's means, by its row of the mapping table. Nothing is read from the vendor. Pure. */
export interface EventMeaning {
  readonly meaning: Interpretation;
  readonly unseen: readonly UnseenValue[];
}

interface Told {
  readonly envelope: AircallEnvelope;
  readonly origin: ChangeOrigin;
}

export function interpretEvent(row: ActedOnRow, envelope: AircallEnvelope, received: ReceivedDelivery): EventMeaning {
  const { eventId, receivedAt } = received.delivery;
  const { event } = envelope;
  const origin: ChangeOrigin = { eventId, event, receivedAt, via: 'webhook', observedAtMs: Date.parse(receivedAt) };
  const told: Told = { envelope, origin };
  if (row.as === 'call') return callEvent(row, told);
  return row.as === 'insight' ? seen(insightEvent(row, told)) : thingEvent(row, told);
}

const seen = (meaning: Interpretation): EventMeaning => ({ meaning, unseen: [] });

function callEvent(row: CallRow, { envelope, origin }: Told): EventMeaning {
  const parsed = AircallCall.safeParse(envelope.data);
  if (!parsed.success) return seen(notUnderstood(parsed.error));
  const parts = normaliseCall({
    call: parsed.data,
    version: eventVersion(envelope.timestamp, row.order),
    event: { name: envelope.event, ...(row.tells === undefined ? {} : { tells: row.tells }) },
  });
  const changes = [buildChange(origin, 'call', parsed.data.id, parts)];
  return { meaning: { kind: 'understood', changes }, unseen: unseenInCall(parsed.data) };
}

function insightEvent(row: InsightRow, { envelope, origin }: Told): Interpretation {
  const notice = AircallInsightNotice.safeParse(envelope.data);
  if (!notice.success) return notUnderstood({ issues: [{ path: ['call_id'] }] });
  const { eventId, event, receivedAt } = origin;
  const [subject] = row.reads;
  const cause = { eventId, event, receivedAt };
  const mark = { subject, id: notice.data.callId, seenAtMs: envelope.timestamp, lane: 'live' as const, cause };
  return { kind: 'understood', changes: [], marks: [mark] };
}

function thingEvent(row: ThingRow, told: Told): EventMeaning {
  const version = eventVersion(told.envelope.timestamp, row.order);
  const stateOf = (facts: NonNullable<ChangePart['facts']>): ChangePart[] => [
    { rank: rank.state, version, facts, deleted: false },
  ];
  switch (row.as) {
    case 'contact':
      return about(row, told, 'contact', AircallContact, contact => [normaliseContact(contact, version)]);
    case 'team-member':
      return about(row, told, row.as, AircallUser, user => stateOf(teamMemberFacts(user, row.tells)));
    case 'phone-line':
      return about(row, told, row.as, AircallNumber, number => stateOf(phoneLineFacts(number, row.tells)));
    case 'integration':
      return about(row, told, row.as, AircallIntegration, integration => stateOf(integrationFacts(integration)));
    case 'message':
    case 'group-message': {
      const { event, timestamp } = told.envelope;
      const group = row.as === 'group-message';
      const timestampMs = eventVersion(timestamp, 0);
      return about(
        row,
        told,
        'text-message',
        AircallMessage,
        message => normaliseMessage({ message, event, group, timestampMs, version }),
        unseenInMessage,
      );
    }
  }
}

/** One thing in whole in its own event. */
function about<T extends { readonly id: string }>(
  row: ThingRow,
  { envelope, origin }: Told,
  kind: RecordKind,
  schema: z.ZodMiniType<T>,
  normalise: (thing: T) => readonly ChangePart[],
  unseenIn: (thing: T) => readonly UnseenValue[] = () => [],
): EventMeaning {
  const parsed = schema.safeParse(envelope.data);
  if (!parsed.success) return seen(notUnderstood(parsed.error));
  const version = eventVersion(envelope.timestamp, row.order);
  const parts = normalise(parsed.data);
  // An id is never given out again, so the end outranks every later word.
  const end: ChangePart[] = row.tells === 'deleted' ? [{ rank: rank.end, version, deleted: true }] : [];
  const changes = [buildChange(origin, kind, parsed.data.id, [...parts, ...end])];
  return { meaning: { kind: 'understood', changes }, unseen: unseenIn(parsed.data) };
}

const notUnderstood = (error: Parameters<typeof unexpectedPayload>[0]): Interpretation => ({
  kind: 'unfinished',
  changes: [],
  failure: unexpectedPayload(error, 'data'),
});
