import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';

/** What a document becomes in the index: a title, a readable text, and the fields it is filtered by. Not yet redacted. */
export interface Searchable {
  readonly title: string;
  readonly text: string;
  readonly fields: SearchableFields;
}

/** Of a document that has no points. */
export const NOTHING_SEARCHABLE: Searchable = { title: '', text: '', fields: { listingIds: [], guestNames: [] } };

/** Payload fields that depend on the document's kind. */
export type SearchableFields = Pick<PointPayload, 'listingIds' | 'guestNames'> &
  Partial<
    Pick<
      PointPayload,
      | 'guestId'
      | 'reservationId'
      | 'status'
      | 'stays'
      | 'checkInDate'
      | 'checkOutDate'
      | 'arrivalTime'
      | 'timezone'
      | 'startsAt'
      | 'receivedAt'
      | 'missed'
      | 'voicemail'
      | 'author'
      | 'roomId'
      | 'authorId'
      | 'threadId'
    >
  >;
