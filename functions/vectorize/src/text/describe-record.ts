import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { callText, guestMessageText, textMessageText } from './conversation-text.ts';
import { contactText, guestText, listingText, taskText } from './entity-text.ts';
import type { Joined } from './joins.ts';
import type { Searchable } from './searchable.ts';
import { calendarBlockText, reservationText } from './stay-text.ts';

/** One kind, one text. Pure. */
export function describeRecord(record: BusinessRecord, joined: Joined): Searchable {
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
  }
}
