import type { TimeZone } from '@innkeeper/shared/domain/local-time';
import { instantInWords, zoneInWords } from './days-in-words.ts';
import type { Rendering } from './draft.ts';
import { severalZones } from './draft.ts';

/** Whose clock a time is told by, where the company has homes on several. Pure. */
export const clockInWords = (zone: TimeZone, { homes }: Pick<Rendering, 'homes'>): string =>
  severalZones(homes) ? ` (${zoneInWords(zone)})` : '';

/** `Fri 20 Nov 14:05 (Lisbon)`. */
export const momentInWords = (iso: string, zone: TimeZone, rendering: Rendering): string =>
  `${instantInWords(iso, zone, rendering.thisYear)}${clockInWords(zone, rendering)}`;
