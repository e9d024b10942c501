import * as z from 'zod';
import type { ActionContext } from '../actions/action-context.ts';
import type { RoomMembership } from '../actions/room-membership.ts';
import { RoomDocument, type UserDocument } from '../store/documents.ts';

/** A room as tests and stories want it, made or changed in one step and without notices. */
export const RoomSetUp = z.object({
  t: z.enum(['c', 'p', 'd', 'l']),
  name: z.string().optional(),
  fname: z.string().optional(),
  memberIds: z.array(z.string()).default([]),
  usernames: z.array(z.string()).optional(),
  prid: z.string().optional(),
  teamId: z.string().optional(),
});
export type RoomSetUp = z.infer<typeof RoomSetUp>;

export async function setUpRoom(
  { database, reads, now }: ActionContext,
  membership: RoomMembership,
  roomId: string,
  { memberIds, ...room }: RoomSetUp,
): Promise<RoomDocument> {
  const at = now();
  const stored = {
    ...room,
    ...(room.name === undefined ? {} : { fname: room.fname ?? room.name }),
    ...(room.t === 'd' ? { uids: memberIds } : {}),
    _updatedAt: at,
  };
  const fresh = { msgs: 0, usersCount: 0, ts: at, ro: false, sysMes: true };
  await database.rooms.updateOne({ _id: roomId }, { $set: stored, $setOnInsert: fresh }, { upsert: true });
  const made = RoomDocument.parse({ _id: roomId, ...stored });
  for (const { u } of await reads.membersOf(roomId)) {
    if (!memberIds.includes(u._id)) await membership.unsubscribe(made, u._id);
  }
  for (const memberId of memberIds) {
    await membership.subscribe(made, (await reads.user(memberId)) ?? unknownUser(memberId));
  }
  return made;
}

/** Somebody who has no account yet. */
const unknownUser = (id: string): UserDocument => ({ _id: id, username: id, name: id, roles: [], active: true });

/**
 * Unlike the real server, which answers error-invalid-room: here rooms exist as soon as somebody writes in them, since
 * questions may reach the assistant without this stand-in.
 */
export const ensureRoom =
  (context: ActionContext, membership: RoomMembership) =>
  async (author: UserDocument, roomId: string): Promise<void> => {
    if ((await context.reads.room(roomId)) !== undefined) return;
    const isDirect = roomId.length > author._id.length && roomId.includes(author._id); // both user ids, joined
    const room: RoomSetUp = isDirect
      ? { t: 'd', memberIds: [author._id, roomId.replace(author._id, '')] }
      : { t: 'c', name: roomId, memberIds: [author._id] };
    await setUpRoom(context, membership, roomId, room);
  };
