import { callDocument } from '@innkeeper/local-stack/demo/vendors/aircall-events';
import {
  guestDocument,
  listingDocument,
  reservationDocument,
} from '@innkeeper/local-stack/demo/vendors/guesty-documents';
import { buildWorld } from '@innkeeper/local-stack/demo/world/build-world';
import type { StackFile } from '@innkeeper/local-stack/supervisor/stack-file';

/** The same company each time, around today. */
const SEED = 7;
const AT_ONCE = 8;

/** What the vendors' accounts hold before anybody connected them: homes, guests, bookings, calls. Without a webhook. */
export async function fillVendors({ guesty, aircall }: StackFile['components']): Promise<void> {
  const now = new Date();
  const { homes, guests, bookings, calls } = buildWorld(SEED, now);
  const things = [
    ...homes.map(home => [guesty.url, `listings/${home.id}`, listingDocument(home)] as const),
    ...guests.map(guest => [guesty.url, `guests/${guest.id}`, guestDocument(guest)] as const),
    ...bookings.map(booking => [guesty.url, `reservations/${booking.id}`, reservationDocument(booking, now)] as const),
    ...calls.map(call => [aircall.url, `calls/${call.id}`, callDocument(call)] as const),
  ];
  const put = async (): Promise<void> => {
    for (let next = things.shift(); next !== undefined; next = things.shift()) {
      const [vendor, path, body] = next;
      const reply = await fetch(new URL(`/_control/${path}`, vendor), {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!reply.ok) throw new Error(`The stand-in did not take ${path}: ${reply.status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, put));
}
