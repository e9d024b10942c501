import type { GuestyGuest } from '@innkeeper/shared/adapters/guesty/payload';
import { GuestId } from '@innkeeper/shared/domain/ids';
import type { PartialFacts } from '@innkeeper/shared/ingest/record-change';

/** A guest as Guesty describes one to facts. Pure. */
export function normaliseGuest(guestId: string, guest: GuestyGuest): PartialFacts<'guest'> {
  return {
    guestId: GuestId.safeParse(guestId).data,
    firstName: blankToUndefined(guest.firstName),
    lastName: blankToUndefined(guest.lastName),
    fullName: guestName(guest),
    phones: joined(guest.phones ?? guest.guestOtherPhones, guest.phone ?? guest.guestPhone),
    emails: joined(guest.emails ?? guest.guestOtherEmails, guest.email ?? guest.guestEmail),
    tags: guest.tags ?? undefined,
  };
}

export function guestName(guest: Pick<GuestyGuest, 'fullName' | 'firstName' | 'lastName'> | null | undefined) {
  const parts = [guest?.firstName, guest?.lastName].map(blankToUndefined).filter(part => part !== undefined);
  return blankToUndefined(guest?.fullName) ?? (parts.length > 0 ? parts.join(' ') : undefined);
}

/** The list with the single value that stands beside it; absent where neither was sent. */
function joined(list: readonly string[] | null | undefined, single: string | null | undefined): string[] | undefined {
  if (!list && !single) return undefined;
  return [...new Set([...(single ? [single] : []), ...(list ?? [])])];
}

const blankToUndefined = (text: string | null | undefined): string | undefined => text?.trim() || undefined;
