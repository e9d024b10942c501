import type { RoomType, TeamChat } from '@innkeeper/shared/ports/team-chat';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/**
 * What kind of room a question came from. Rooms rarely change kind, so answers are kept for a while. I/O: one read of
 * Rocket.Chat per room and while.
 */
const KEPT_MS = 10 * 60_000;
const KEPT_ROOMS_MAX = 500;

export type RoomTypes = (
  roomId: string,
  hasName: boolean,
) => Promise<Result<RoomOfQuestion, { readonly kind: 'unavailable'; readonly detail: string }>>;

export interface RoomOfQuestion {
  readonly type: RoomType;
  /** False when Rocket.Chat does not let the bot look at the room, and the type is what the body suggests. */
  readonly isKnown: boolean;
}

export function createRoomTypes(chat: Pick<TeamChat, 'roomType'>, now: () => number): RoomTypes {
  const kept = new Map<string, { type: RoomType; until: number }>();
  return async (roomId, hasName) => {
    const known = kept.get(roomId);
    if (known !== undefined && known.until > now()) return ok({ type: known.type, isKnown: true });
    const read = await chat.roomType(roomId);
    if (read.ok) {
      if (kept.size >= KEPT_ROOMS_MAX) kept.clear();
      kept.set(roomId, { type: read.value, until: now() + KEPT_MS });
      return ok({ type: read.value, isKnown: true });
    }
    if (read.error.kind === 'unavailable') return err({ kind: 'unavailable', detail: read.error.detail });
    // The bot may not look at this room. The body tells direct rooms from others, and guessing is safe: posting goes
    // through the same access check, so where the guess is wrong nothing is said.
    return ok({ type: hasName ? 'private' : 'direct', isKnown: false });
  };
}
