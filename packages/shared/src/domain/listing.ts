import * as z from 'zod/mini';
import { ListingId } from './ids.ts';
import { LocalTime, TimeZone } from './local-time.ts';

/** A home. What a listing tells guests in public is searchable; access codes in it are redacted on the way. */
export const Listing = z.object({
  listingId: ListingId,
  /** What the team calls it. */
  nickname: z.optional(z.string()),
  title: z.optional(z.string()),
  timezone: TimeZone,
  defaultCheckInTime: z.optional(LocalTime),
  defaultCheckOutTime: z.optional(LocalTime),
  address: z.optional(z.string()),
  city: z.optional(z.string()),
  accommodates: z.optional(z.int()),
  bedrooms: z.optional(z.number()),
  active: z._default(z.boolean(), true),
  /** Sections of the public description: access, parking, wifi, house rules … */
  description: z._default(z.array(z.object({ topic: z.string(), text: z.string() })), []),
});
export type Listing = z.infer<typeof Listing>;

export const listingName = (listing: Pick<Listing, 'nickname' | 'title' | 'listingId'>): string =>
  listing.nickname ?? listing.title ?? listing.listingId;
