import type { RawChat, RawRoom } from './raw-chat.ts';

/**
 * Rocket.Chat's own rule, person by person and room by room, from its raw collections: four validators, any of which
 * lets somebody in. It knows nothing of the assistant's projections. By the defaults, a guest and a role made by hand
 * have no `view-c-room`, and everybody may read what they are subscribed to.
 */
type Judge = (chat: RawChat, userId: string, room: RawRoom, visited: ReadonlySet<string>) => boolean;

const VIEW_PUBLIC = ['user', 'admin', 'bot', 'app'];

const seesPublicRooms = (chat: RawChat, userId: string): boolean =>
  chat.users.some(user => user._id === userId && VIEW_PUBLIC.some(role => user.roles.includes(role)));

const publicRoom: Judge = (chat, userId, room) =>
  room.t === 'c' && room.teamId === undefined && seesPublicRooms(chat, userId);

const teamChannel: Judge = (chat, userId, room) => {
  if (room.t !== 'c' || room.teamId === undefined) return false;
  const team = chat.teams.find(({ _id }) => _id === room.teamId);
  return team?.type === 0
    ? seesPublicRooms(chat, userId)
    : chat.teamMembers.some(member => member.teamId === room.teamId && member.userId === userId);
};

const joinedRoom: Judge = (chat, userId, room) =>
  chat.subscriptions.some(({ rid, u, status }) => rid === room._id && u._id === userId && status === undefined);

const parentOfDiscussion: Judge = (chat, userId, room, visited) => {
  if (room.prid === undefined || visited.has(room.prid)) return false;
  const parent = chat.rooms.find(({ _id }) => _id === room.prid);
  return parent !== undefined && isLetIn(chat, userId, parent, new Set([...visited, room._id]));
};

const isLetIn: Judge = (chat, userId, room, visited) =>
  [publicRoom, teamChannel, joinedRoom, parentOfDiscussion].some(judge => judge(chat, userId, room, visited));

const canAccessRoom = (chat: RawChat, userId: string, room: RawRoom): boolean =>
  chat.users.some(({ _id, active }) => _id === userId && active) && isLetIn(chat, userId, room, new Set());

/** Somebody of the staff who was never invited anywhere: what they may read, everybody of the staff may. */
export const STRANGER = 'stranger';

/** Who may read each room, by room id: everybody there is, and a stranger. */
export function readersOf(chat: RawChat): ReadonlyMap<string, ReadonlySet<string>> {
  const users = [...chat.users, { _id: STRANGER, active: true, roles: ['user'] }];
  const everybody = { ...chat, users };
  return new Map(
    chat.rooms.map(room => [
      room._id,
      new Set(users.map(({ _id }) => _id).filter(userId => canAccessRoom(everybody, userId, room))),
    ]),
  );
}
