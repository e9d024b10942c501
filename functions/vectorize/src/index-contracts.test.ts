import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { IndexState } from '@innkeeper/shared/contracts/index-state';
import { Interaction } from '@innkeeper/shared/contracts/interaction';
import { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { toPayloads } from './converge/points.ts';
import { describeInteraction } from './text/describe-interaction.ts';
import { describeRecord } from './text/describe-record.ts';
import { toJoined } from './text/joins.ts';

const Golden = z.strictObject({
  pointPayload: PointPayload,
  indexState: IndexState,
  indexStateParked: IndexState,
  interaction: Interaction,
});
const file = fileURLToPath(import.meta.resolve('@innkeeper/shared/contracts/point-payload'));
const onDisk: unknown = JSON.parse(readFileSync(file.replace('point-payload.ts', 'index.golden.json'), 'utf8'));
const golden = Golden.parse(onDisk);

const envelope = {
  source: 'guesty',
  versions: { state: 1 },
  pipelineRevision: 1,
  receivedAt: '2026-11-21T09:00:00.000Z',
  deleted: false,
  provenance: { eventId: 'e', event: 'test', via: 'webhook' },
};
const home = BusinessRecord.parse({
  ...envelope,
  key: 'guesty:listing:L1',
  kind: 'listing',
  sourceId: 'L1',
  facts: { listingId: 'L1', nickname: 'Garden Studio', timezone: 'Europe/Lisbon' },
});
const booking = BusinessRecord.parse({
  ...envelope,
  key: 'guesty:reservation:R1',
  kind: 'reservation',
  sourceId: 'R1',
  facts: {
    reservationId: 'R1',
    confirmationCode: 'HMX4',
    status: 'confirmed',
    guestId: 'G1',
    guestName: 'Amara Lindqvist',
    guestsCount: 2,
    stay: [{ listingId: 'L1', checkInDate: '2026-11-21', checkOutDate: '2026-11-24', plannedArrival: '21:30' }],
  },
});

describe('the contracts of the index', () => {
  it('reads unchanged what was written before', () => {
    expect(golden).toEqual(onDisk);
  });

  it('writes of a booking what readers know', () => {
    const searchable = describeRecord(booking, toJoined([home]));
    if (searchable === undefined) throw new Error('a booking is searched');
    const payloads = toPayloads({
      docKey: booking.key,
      kind: booking.kind,
      source: booking.source,
      version: golden.pointPayload.srcVersion,
      deleted: false,
      searchable,
    });
    expect(payloads).toEqual([golden.pointPayload]);
  });

  it('indexes an answered question under its room and its asker', () => {
    expect(describeInteraction(golden.interaction).fields).toMatchObject({
      roomId: golden.interaction.roomId,
      authorId: golden.interaction.askerId,
    });
  });
});
