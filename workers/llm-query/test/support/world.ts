import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { type RecordKind, type RecordSource, recordKey } from '@innkeeper/shared/domain/ids';

/** A small company in two time zones, and builders for its records. Saturday 21 November 2026, 09:41 in Lisbon. */
export const ASKED_AT = '2026-11-21T09:41:00.000Z';

export function record(
  kind: RecordKind,
  sourceId: string,
  facts: object,
  source: RecordSource = 'guesty',
): BusinessRecord {
  return BusinessRecord.parse({
    key: recordKey(source, kind, sourceId),
    source,
    sourceId,
    kind,
    versions: { state: 1 },
    pipelineRevision: 1,
    receivedAt: '2026-11-20T08:00:00Z',
    deleted: false,
    provenance: { eventId: `event-${sourceId}`, event: 'test', via: 'webhook' },
    facts,
  });
}

export const listing = (listingId: string, nickname: string, timezone: string, more: object = {}): BusinessRecord =>
  record('listing', listingId, {
    listingId,
    nickname,
    timezone,
    defaultCheckInTime: '16:00',
    defaultCheckOutTime: '11:00',
    ...more,
  });

export interface BookingFacts {
  readonly guest: string;
  readonly home: string;
  readonly from: string;
  readonly to: string;
  readonly status?: string;
  readonly arrival?: string;
  readonly departure?: string;
  readonly more?: object;
}

export const booking = (code: string, facts: BookingFacts): BusinessRecord =>
  record('reservation', `r-${code}`, {
    reservationId: `r-${code}`,
    confirmationCode: code,
    status: facts.status ?? 'confirmed',
    guestName: facts.guest,
    guestsCount: 2,
    stay: [
      {
        listingId: facts.home,
        checkInDate: facts.from,
        checkOutDate: facts.to,
        ...(facts.arrival === undefined ? {} : { plannedArrival: facts.arrival }),
        ...(facts.departure === undefined ? {} : { plannedDeparture: facts.departure }),
      },
    ],
    ...facts.more,
  });

export const world: readonly BusinessRecord[] = [
  listing('l-garden', 'Garden Studio', 'Europe/Lisbon', {
    description: [{ topic: 'Wifi', text: 'Network GardenGuest, password tulips-in-may.' }],
  }),
  listing('l-sea', 'Sea View', 'Europe/Lisbon'),
  listing('l-hudson', 'Hudson Loft', 'America/New_York', { defaultCheckInTime: '15:00', defaultCheckOutTime: '10:00' }),
  booking('HMX1', { guest: 'Mia Larsen', home: 'l-garden', from: '2026-11-21', to: '2026-11-24', arrival: '15:30' }),
  booking('HMX2', { guest: 'Jon Berg', home: 'l-hudson', from: '2026-11-21', to: '2026-11-22', status: 'reserved' }),
  booking('HMX3', { guest: 'Ana Ruiz', home: 'l-sea', from: '2026-11-19', to: '2026-11-21' }),
  booking('HMX4', { guest: 'Never Counted', home: 'l-sea', from: '2026-11-21', to: '2026-11-23', status: 'canceled' }),
  record('guest-message', 'p-1', {
    postId: 'p-1',
    reservationId: 'r-HMX3',
    listingId: 'l-sea',
    guestName: 'Ana Ruiz',
    author: 'guest',
    sentAt: '2026-11-20T18:05:00Z',
    text: 'Hello! The heating in the bedroom is cold since last night. Could somebody look at it before 20:00?',
  }),
  record('guest-message', 'p-2', {
    postId: 'p-2',
    reservationId: 'r-HMX1',
    listingId: 'l-garden',
    guestName: 'Mia Larsen',
    author: 'guest',
    sentAt: '2026-11-20T10:00:00Z',
    text: 'We would love to have a baby cot. Our number is +351 912 345 678.',
  }),
  record(
    'call',
    'c-1',
    {
      callId: 'c-1',
      direction: 'inbound',
      stage: 'ended',
      startedAt: '2026-11-21T08:05:00Z',
      missedReason: 'no_available_agent',
      contactName: 'Mia Larsen',
      externalNumber: '+351912345678',
    },
    'aircall',
  ),
];
