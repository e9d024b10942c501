import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { callText, guestMessageText, textMessageText } from './conversation-text.ts';
import { contactText, guestText, listingText, paymentText, taskText } from './entity-text.ts';
import type { Joined } from './joins.ts';
import type { Searchable } from './searchable.ts';
import { calendarBlockText, reservationText } from './stay-text.ts';

/** Of an erased person nothing is left to find but that a home was taken, a call was made, a task was done. */
const EMPTY_ONCE_ERASED: ReadonlySet<BusinessRecord['kind']> = new Set([
  'guest',
  'contact',
  'guest-message',
  'text-message',
]);

/** One kind, one text; `undefined` for what operators look at and nobody searches. Pure. */
export function describeRecord(record: BusinessRecord, joined: Joined): Searchable | undefined {
  if (record.erased === true && EMPTY_ONCE_ERASED.has(record.kind)) return undefined;
  switch (record.kind) {
    case 'reservation':
      return reservationText(record, joined);
    case 'calendar-block':
      return calendarBlockText(record, joined);
    case 'guest-message':
      return guestMessageText(record, joined);
    case 'call':
      return callText(record);
    case 'text-message':
      return textMessageText(record);
    case 'listing':
      return listingText(record);
    case 'guest':
      return guestText(record);
    case 'contact':
      return contactText(record);
    case 'task':
      return taskText(record, joined);
    case 'payment':
      return paymentText(record, joined);
    case 'team-member':
    case 'phone-line':
    case 'integration':
      return undefined;
  }
}
