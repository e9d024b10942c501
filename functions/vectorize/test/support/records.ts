import type { Interaction } from '@innkeeper/shared/contracts/interaction';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { recordKey } from '@innkeeper/shared/domain/ids';
import type { DocumentPath } from '@innkeeper/shared/ports/document-store';

/** Records of a small house as documents: path and fields. */
type Written = readonly [DocumentPath, BusinessRecord];

function written(kind: BusinessRecord['kind'], id: string, facts: object, deleted = false): Written {
  const key = recordKey('guesty', kind, id);
  const record = BusinessRecord.parse({
    key,
    source: 'guesty',
    sourceId: id,
    versions: { state: 1 },
    pipelineRevision: 1,
    receivedAt: '2026-11-21T09:00:00.000Z',
    deleted,
    provenance: { eventId: 'e1', event: 'test', via: 'webhook' },
    kind,
    facts,
  });
  return [`records/${key}`, record];
}

export const listing = (id: string, nickname: string): Written =>
  written('listing', id, { listingId: id, nickname, timezone: 'Europe/Lisbon' });

export interface Stay {
  readonly guestName: string;
  readonly listingId: string;
  readonly note?: string;
  readonly deleted?: boolean;
}

export const reservation = (id: string, { guestName, listingId, note, deleted }: Stay): Written =>
  written(
    'reservation',
    id,
    {
      reservationId: id,
      confirmationCode: `HM${id}`,
      status: 'confirmed',
      guestName,
      stay: [{ listingId, checkInDate: '2026-11-21', checkOutDate: '2026-11-24' }],
      notes: note === undefined ? [] : [{ topic: 'wish', text: note }],
    },
    deleted,
  );

export const interaction = (messageId: string, roomId: string): readonly [DocumentPath, Interaction] => [
  `interactions/${messageId}`,
  {
    v: 1,
    messageId,
    roomId,
    roomType: 'private',
    askerId: 'asker1',
    scope: 'full',
    question: 'Who has the sauna tonight?',
    askedAt: '2026-11-21T09:41:00.000Z',
    plan: { kind: 'unclear' },
    answer: 'Nobody asked for it.',
    sources: [],
    author: 'code',
    timings: {},
    answeredAt: '2026-11-21T09:41:01.000Z',
    revision: 0,
  },
];
