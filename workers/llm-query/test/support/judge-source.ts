import { type readersOf, STRANGER } from './can-access-room.ts';
import { BOT_ID, type RawChat, type RawRoom } from './raw-chat.ts';

/** Whether a room may be, or has to be, a source of an answer given in another: judged from the raw collections. */
export interface RawQuestion {
  readonly asker: string;
  readonly room: RawRoom;
}

export const isTalk = ({ t }: RawRoom): boolean => t === 'c' || t === 'p' || t === 'd';
const isAlone = ({ asker, room }: RawQuestion): boolean =>
  room.t === 'd' && room.uids?.includes(asker) === true && room.uids.every(id => id === asker || id === BOT_ID);

/** Somebody reads an answer and may not read where it comes from. */
export function leaks(
  chat: RawChat,
  readers: ReturnType<typeof readersOf>,
  asked: RawQuestion,
  source: RawRoom,
): boolean {
  if (source._id === asked.room._id) return false;
  const readAnswer = isAlone(asked) ? [asked.asker] : (readers.get(asked.room._id) ?? []);
  const readSource = readers.get(source._id) ?? new Set();
  return [...readAnswer].some(userId => {
    if (readSource.has(userId)) return false;
    // Whoever invites a guest into a room where the whole staff is answered lets them read what all of the staff may.
    const roles = chat.users.find(({ _id }) => _id === userId)?.roles ?? ['user'];
    const isGuest = !roles.some(role => role === 'user' || role === 'admin');
    return !(isGuest && userId !== asked.asker && readSource.has(STRANGER));
  });
}

/** What has to be found: said without sets, from the source's side. */
export function mustBeSeen(
  chat: RawChat,
  asked: RawQuestion,
  source: RawRoom,
  visited: readonly string[] = [],
): boolean {
  if (!isTalk(source) || visited.includes(source._id)) return false;
  if (source._id === asked.room._id) return true;
  const asker = chat.users.find(({ _id }) => _id === asked.asker);
  const team = chat.teams.find(({ _id }) => _id === source.teamId);
  const hasMain = team !== undefined && chat.rooms.some(({ _id }) => _id === team.roomId);
  const parent = chat.rooms.find(({ _id }) => _id === source.prid);
  if (parent !== undefined && isTalk(parent) && mustBeSeen(chat, asked, parent, [...visited, source._id])) return true;
  const isSubscribed = chat.subscriptions.some(
    ({ rid, u, status }) => rid === source._id && u._id === asked.asker && status === undefined,
  );
  if (isAlone(asked) && isSubscribed) return true;
  if (source.t !== 'c' || source.prid !== undefined || (source.teamId !== undefined && !hasMain)) return false;
  if (team?.type === 1) {
    const isMember = chat.teamMembers.some(({ teamId, userId }) => teamId === team._id && userId === asked.asker);
    return isAlone(asked) ? isMember : asked.room._id === team.roomId;
  }
  return asker?.roles.some(role => role === 'user' || role === 'admin') === true;
}
