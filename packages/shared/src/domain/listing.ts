import * as z from 'zod';
import { ListingId } from './ids.ts';
import { LocalTime, TimeZone } from './local-time.ts';

/** A home. What a listing tells guests in public is searchable; access codes in it are redacted on the way. */
export const Listing = z.object({
  listingId: ListingId,
  /** What the team calls it. */
  nickname: z.string().optional(),
  title: z.string().optional(),
  timezone: TimeZone,
  defaultCheckInTime: LocalTime.optional(),
  defaultCheckOutTime: LocalTime.optional(),
  address: z.string().optional(),
  city: z.string().optional(),
  accommodates: z.int().optional(),
  bedrooms: z.number().optional(),
  active: z.boolean().default(true),
  /** Sections of the public description: access, parking, wifi, house rules … */
  description: z.array(z.object({ topic: z.string(), text: z.string() })).default([]),
});
export type Listing = z.infer<typeof Listing>;

export const listingName = (listing: Pick<Listing, 'nickname' | 'title' | 'listingId'>): string =>
  listing.nickname ?? listing.title ?? listing.listingId;
