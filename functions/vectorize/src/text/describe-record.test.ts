import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { describe, expect, it } from 'vitest';
import { toPayloads } from '../converge/points.ts';
import { describeRecord } from './describe-record.ts';
import { joinKeys, toJoined } from './joins.ts';

const record = (kind: string, sourceId: string, facts: object, source = 'guesty') =>
  BusinessRecord.parse({
    key: `${source}:${kind}:${sourceId}`,
    source,
    kind,
    sourceId,
    versions: { state: 1 },
    pipelineRevision: 1,
    receivedAt: '2026-11-21T09:00:00.000Z',
    deleted: false,
    provenance: { eventId: 'e', event: 'test', via: 'webhook' },
    facts,
  });

const described = (one: BusinessRecord, ...joined: BusinessRecord[]) => {
  const searchable = describeRecord(one, toJoined(joined));
  if (searchable === undefined) throw new Error('not searched');
  return searchable;
};

const garden = record('listing', 'L1', {
  listingId: 'L1',
  nickname: 'Garden Studio',
  title: 'Quiet studio with a lemon tree',
  timezone: 'Europe/Lisbon',
  defaultCheckInTime: '15:00',
  defaultCheckOutTime: '11:00',
  city: 'Lisbon',
  description: [
    { topic: 'access', text: 'Lock box left of the door, code 4711.' },
    { topic: 'wifi', text: 'Password sunny1234' },
  ],
});
const blue = record('listing', 'L2', { listingId: 'L2', nickname: 'Blue Door', timezone: 'Europe/Lisbon' });
const guest = record('guest', 'G1', {
  guestId: 'G1',
  fullName: 'Amara Lindqvist',
  phones: ['442079460103'],
  emails: ['amara@example.com'],
});

const booking = record('reservation', 'R1', {
  reservationId: 'R1',
  confirmationCode: 'HMX4',
  status: 'confirmed',
  guestId: 'G1',
  guestsCount: 2,
  children: 1,
  stay: [
    { listingId: 'L1', checkInDate: '2026-11-21', checkOutDate: '2026-11-24', plannedArrival: '21:30' },
    { listingId: 'L2', checkInDate: '2026-11-24', checkOutDate: '2026-11-25' },
  ],
  notes: [{ topic: 'special requests', text: 'Call me on +44 20 7946 0103' }],
});

describe('describeRecord', () => {
  it('tells a booking with a move as a person would, with local dates and the planned time', () => {
    const { title, text, fields } = described(booking, garden, blue, guest);
    expect(title).toBe('Booking HMX4: Amara Lindqvist, Garden Studio then Blue Door');
    expect(text).toBe(
      'Amara Lindqvist stays at Garden Studio from Saturday 21 November 2026 to Tuesday 24 November 2026, 3 nights. ' +
        'Then moves to Blue Door from Tuesday 24 November 2026 to Wednesday 25 November 2026, 1 night. ' +
        'Party of 2 guests. Travelling with 1 child. The booking HMX4 is confirmed. Planned arrival at 21:30. ' +
        'Note on special requests: Call me on +44 20 7946 0103.',
    );
    expect(fields).toMatchObject({
      listingIds: ['L1', 'L2'],
      checkInDate: '2026-11-21',
      checkOutDate: '2026-11-25',
      guestNames: ['Amara Lindqvist'],
      timezone: 'Europe/Lisbon',
      arrivalTime: '21:30',
    });
  });

  it('says which homes and which guest a booking borrows its words from', () => {
    expect(joinKeys(booking)).toEqual(['guesty:listing:L1', 'guesty:listing:L2', 'guesty:guest:G1']);
  });

  it('still speaks of a booking whose home and guest are not known yet', () => {
    expect(described(booking).title).toBe('Booking HMX4: A guest, home L1 then home L2');
  });

  it('names the home of a message through its booking', () => {
    const message = record('guest-message', 'P1', {
      postId: 'P1',
      reservationId: 'R1',
      author: 'guest',
      sentAt: '2026-11-21T20:15:00.000Z',
      text: 'The heating is cold.',
    });
    const { title, text, fields } = described(message, booking, garden, blue, guest);
    expect(title).toBe('Message from Amara Lindqvist about Garden Studio and Blue Door');
    expect(text).toContain('Saturday 21 November 2026 at 20:15.\nThe heating is cold.');
    expect(fields.listingIds).toEqual(['L1', 'L2']);
  });

  it('tells a missed call without the number that called', () => {
    const call = record(
      'call',
      '9',
      {
        callId: '9',
        direction: 'inbound',
        stage: 'ended',
        missedReason: 'agents_did_not_answer',
        startedAt: '2026-11-21T14:05:00.000Z',
        line: { name: 'Front desk', timezone: 'Europe/Lisbon' },
        externalNumber: '+442079460103',
        hasVoicemail: true,
        contactName: 'Nora Neighbour',
      },
      'aircall',
    );
    const { text, fields } = described(call);
    expect(text).toBe(
      'Call from Nora Neighbour on Saturday 21 November 2026 at 14:05 over the line Front desk. ' +
        'Missed: agents did not answer. The caller left a voicemail.',
    );
    expect(fields).toMatchObject({ missed: true, voicemail: true, startsAt: '2026-11-21T14:05:00.000Z' });
  });

  it('tells the state of a payment with its booking and home, and no money', () => {
    const payment = record('payment', 'P1', {
      paymentId: 'P1',
      reservationId: 'R1',
      state: 'authorization_hold_failed',
      happenedAt: '2026-11-20T10:00:00.000Z',
    });
    const { title, text, fields } = described(payment, booking, garden, blue);
    expect(title).toBe('Payment authorization hold failed for booking HMX4');
    expect(text).toBe(
      'Payment authorization hold failed for booking HMX4, Friday 20 November 2026 at 10:00. ' +
        'Home: Garden Studio and Blue Door.',
    );
    expect(fields).toMatchObject({
      reservationId: 'R1',
      listingIds: ['L1', 'L2'],
      startsAt: '2026-11-20T10:00:00.000Z',
    });
    expect(joinKeys(payment)).toEqual(['guesty:reservation:R1']);
  });

  it('has no text for what operators look at and nobody searches', () => {
    for (const [kind, facts] of [
      ['team-member', { userId: '1', name: 'Rita' }],
      ['phone-line', { lineId: '1', number: '+442079460103' }],
      ['integration', { integrationId: '1' }],
    ] as const) {
      expect(describeRecord(record(kind, '1', facts, 'aircall'), toJoined([]))).toBeUndefined();
    }
  });

  it('never lets contact data or codes into a payload', () => {
    for (const one of [garden, guest, booking]) {
      const searchable = described(one, garden, blue, guest);
      const payloads = toPayloads({
        docKey: one.key,
        kind: one.kind,
        source: one.source,
        version: 1,
        deleted: false,
        searchable,
      });
      const visible = JSON.stringify(payloads);
      expect(visible).not.toMatch(/7946|amara@|4711/u);
    }
  });
});
