import { ListingId } from '@innkeeper/shared/domain/ids';
import type { Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import { webhookOrigin } from './build-change.ts';
import { markToRead } from './marks.ts';
import { CalendarEvent } from './payload.ts';
import type { GuestyPorts } from './ports.ts';
import { unexpected } from './unexpected.ts';

/**
 * Both forms of the calendar event are hints. The older one lists days, but neither says when it was true: two of them in
 * the wrong order could not be told apart, so the home's calendar is read, and reads alone write blocks. Pure.
 */
export function interpretCalendar(_ports: GuestyPorts, received: ReceivedDelivery, event: string): Interpretation {
  const parsed = CalendarEvent.safeParse(received.payload);
  if (!parsed.success) return unexpected(parsed.error);
  const { listingId, listing, data, calendar } = parsed.data;
  const named = [listingId, data?.listingId, listing?._id, ...(calendar ?? []).map(day => day.listingId)];
  const listingIds = [...new Set(named.flatMap(id => ListingId.safeParse(id).data ?? []))];
  if (listingIds.length === 0) return unexpected({ issues: [{ path: ['listingId'] }] });
  const origin = webhookOrigin(received, event);
  return { kind: 'understood', changes: [], marks: listingIds.map(id => markToRead(origin, 'calendar', id)) };
}
