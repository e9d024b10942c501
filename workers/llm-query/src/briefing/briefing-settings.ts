import { LocalTime, TimeZone } from '@innkeeper/shared/domain/local-time';
import * as z from 'zod/mini';
import type { AssistantScopes } from '../scopes.ts';
import { scopeOf } from '../scopes.ts';

/**
 * Which rooms are briefed and when, as reviewed configuration (`ASSISTANT_BRIEFINGS`): JSON like
 * `[{"room":"#front-desk","zone":"Europe/Lisbon","morning":"07:30","evening":"18:00","announce":true}]`. Pure.
 */
export const BriefedRoom = z.object({
  /** Room id or `#name`, as in `ASSISTANT_SCOPES`. */
  room: z.string().check(z.minLength(1), z.maxLength(256)),
  /** Whose clock the times below are on. */
  zone: TimeZone,
  /** `HH:MM` of the briefing on today; absent means none. */
  morning: z.optional(LocalTime),
  /** `HH:MM` of the look at tomorrow; absent means none. */
  evening: z.optional(LocalTime),
  /** New, changed and cancelled bookings of the next 48 hours, as they come. */
  announce: z._default(z.boolean(), false),
});
export type BriefedRoom = z.infer<typeof BriefedRoom>;

/** A round looks after every room within a minute; a company of this product's size has a handful. */
const ROOMS_MAX = 50;

export const BriefedRooms = z.array(BriefedRoom).check(
  z.maxLength(ROOMS_MAX),
  z.refine(rooms => new Set(rooms.map(({ room }) => room)).size === rooms.length, 'a room is listed twice'),
);
export type BriefedRooms = z.infer<typeof BriefedRooms>;

/** `ASSISTANT_BRIEFINGS` as text to rooms; whoever starts this Worker can say what is wrong with it beforehand. */
export const briefingsVariable = z
  .pipe(
    z._default(z.string(), '[]'),
    z.transform((text, context) => {
      const parsed = BriefedRooms.safeParse(parseJson(text));
      if (parsed.success) return parsed.data;
      context.issues.push({
        code: 'custom',
        input: text,
        message: 'must be JSON like [{"room":"#front-desk","zone":"Europe/Lisbon","morning":"07:30"}], each room once',
      });
      return z.NEVER;
    }),
  )
  .check(z.describe('which rooms get a morning briefing, an evening look at tomorrow, and news of bookings: JSON'));

/**
 * Rooms that `ASSISTANT_SCOPES` gives nothing, so that nothing could ever be posted there. A room must be listed there
 * by the same id or `#name`, or through `*`.
 */
export const roomsWithoutScope = (rooms: BriefedRooms, scopes: AssistantScopes): string[] =>
  rooms
    .filter(({ room }) => scopeOf({ roomType: 'private', roomId: room, askerId: '', askerName: '' }, scopes) === 'none')
    .map(({ room }) => room);

/** Refuses a configuration that briefs a room nobody may be told anything in. */
export const refuseBriefingsWithoutScope = z.check<{
  readonly ASSISTANT_BRIEFINGS: BriefedRooms;
  readonly ASSISTANT_SCOPES: AssistantScopes;
}>(context => {
  const { ASSISTANT_BRIEFINGS: rooms, ASSISTANT_SCOPES: scopes } = context.value;
  const without = roomsWithoutScope(rooms, scopes);
  if (without.length === 0) return;
  context.issues.push({
    code: 'custom',
    input: context.value,
    path: ['ASSISTANT_BRIEFINGS'],
    message: `${without.join(', ')}: the scope in ASSISTANT_SCOPES is none; list the room there, or take it off here`,
  });
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // reported above as rooms that are none
  }
}
