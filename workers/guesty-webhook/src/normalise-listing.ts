import type { GuestyListing } from '@innkeeper/shared/adapters/guesty/payload';
import { ListingId } from '@innkeeper/shared/domain/ids';
import { TimeZone } from '@innkeeper/shared/domain/local-time';
import type { PartialFacts } from '@innkeeper/shared/ingest/record-change';
import { toLocalTime } from './normalise-moment.ts';

/** A listing as Guesty describes it to facts. Pure. */
export function normaliseListing(listing: GuestyListing): PartialFacts<'listing'> {
  return {
    listingId: ListingId.safeParse(listing._id).data,
    nickname: blankToUndefined(listing.nickname),
    title: blankToUndefined(listing.title),
    timezone: TimeZone.safeParse(listing.timezone).data,
    defaultCheckInTime: toLocalTime(listing.defaultCheckInTime),
    defaultCheckOutTime: toLocalTime(listing.defaultCheckOutTime),
    address: blankToUndefined(listing.address?.full),
    city: blankToUndefined(listing.address?.city),
    accommodates: typeof listing.accommodates === 'number' ? Math.round(listing.accommodates) : undefined,
    bedrooms: listing.bedrooms ?? undefined,
    active: listing.active ?? undefined,
    description: descriptionOf(listing.publicDescription),
  };
}

function descriptionOf(sections: GuestyListing['publicDescription']): PartialFacts<'listing'>['description'] {
  if (!sections) return undefined;
  return Object.entries(sections).flatMap(([topic, text]) =>
    typeof text === 'string' && text.trim() !== '' ? [{ topic, text: text.trim() }] : [],
  );
}

const blankToUndefined = (text: string | null | undefined): string | undefined => text?.trim() || undefined;
