import { ChatFailure } from '../rest/chat-replies.ts';
import type { RoomDocument, UserDocument } from '../store/documents.ts';
import { type ActionContext, personOf } from './action-context.ts';

/** Who is in a room, and the notices about it. @throws ChatFailure with the vendor's error. */
export interface RoomMembership {
  /** A person's subscription, without a notice. Changes nothing for somebody who is in already. */
  subscribe(room: RoomDocument, user: UserDocument, roles?: readonly string[]): Promise<void>;
  unsubscribe(room: RoomDocument, userId: string): Promise<void>;
  /** The room if this person may write in it; a public one is joined by that. */
  enterToWrite(user: UserDocument, roomId: string): Promise<RoomDocument>;
  join(user: UserDocument, room: RoomDocument): Promise<void>;
  leave(user: UserDocument, room: RoomDocument): Promise<void>;
  add(by: UserDocument, room: RoomDocument, user: UserDocument): Promise<void>;
  kick(by: UserDocument, room: RoomDocument, user: UserDocument): Promise<void>;
  ban(by: UserDocument, room: RoomDocument, user: UserDocument): Promise<void>;
  setRole(by: UserDocument, room: RoomDocument, user: UserDocument, role: RoomRole, given: boolean): Promise<void>;
  /** Nothing in the room is new to this person any more. */
  markRead(user: UserDocument, room: RoomDocument): Promise<void>;
  /** A message that the server itself writes, in the name of the person who did it. */
  notice(room: RoomDocument, by: UserDocument, content: NoticeContent): Promise<void>;
}

export type RoomRole = 'owner' | 'moderator' | 'leader';

export interface NoticeContent {
  /** Kind of the notice: `uj`, `au`, `ul`, … */
  readonly t: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export function roomMembership({ database, reads, now, newId }: ActionContext): RoomMembership {
  const { rooms, subscriptions, messages } = database;

  const countMember = async (roomId: string, by: 1 | -1): Promise<void> => {
    await rooms.updateOne({ _id: roomId }, { $inc: { usersCount: by }, $set: { _updatedAt: now() } });
  };

  const membership: RoomMembership = {
    async subscribe(room, user, roles) {
      const at = now();
      const names =
        room.t === 'd' ? await directNames(room, user) : { name: room.name, fname: room.fname ?? room.name };
      // `rid` and `u._id` come from the filter.
      const made = {
        _id: newId(),
        open: true,
        alert: false,
        unread: 0,
        userMentions: 0,
        groupMentions: 0,
        ts: at,
        ls: at,
        ...names,
        t: room.t,
        'u.username': user.username,
        'u.name': user.name,
        ...(roles === undefined ? {} : { roles: [...roles] }),
        ...(room.prid === undefined ? {} : { prid: room.prid }),
        ...(room.teamId === undefined ? {} : { teamId: room.teamId }),
        ...(room.teamMain === undefined ? {} : { teamMain: room.teamMain }),
        _updatedAt: at,
      };
      // One statement: two people who add somebody at once must not add them twice.
      const { upsertedCount } = await subscriptions.updateOne(
        { rid: room._id, 'u._id': user._id },
        { $setOnInsert: made },
        { upsert: true },
      );
      if (upsertedCount > 0) await countMember(room._id, 1);
    },
    async unsubscribe(room, userId) {
      const { deletedCount } = await subscriptions.deleteOne({ rid: room._id, 'u._id': userId });
      if (deletedCount > 0) await countMember(room._id, -1);
    },
    async enterToWrite(user, roomId) {
      const room = await reads.room(roomId);
      if (room === undefined) throw new ChatFailure(undefined, 'error-invalid-room');
      if (room.archived === true) throw new ChatFailure(undefined, 'room_is_archived');
      if ((await reads.membership(room._id, user._id)) !== undefined) return room;
      const isReadable = (await reads.readableRoom(user, roomId)) !== undefined;
      const mayJoin = isReadable && (room.t === 'c' || room.prid !== undefined);
      if (!mayJoin) throw new ChatFailure(undefined, 'error-not-allowed');
      await membership.join(user, room);
      return room;
    },
    async join(user, room) {
      const isBanned = (await subscriptions.findOne({ rid: room._id, 'u._id': user._id, status: 'BANNED' })) !== null;
      if (isBanned || (await reads.readableRoom(user, room._id)) === undefined) {
        throw new ChatFailure('error-not-allowed', 'Not allowed');
      }
      await membership.subscribe(room, user);
      await membership.notice(room, user, { t: 'uj', msg: user.username });
    },
    async leave(user, room) {
      await membership.unsubscribe(room, user._id);
      await membership.notice(room, user, { t: 'ul', msg: user.username });
    },
    async add(by, room, user) {
      await demandMember(by, room);
      await subscriptions.deleteOne({ rid: room._id, 'u._id': user._id, status: 'BANNED' });
      await membership.subscribe(room, user);
      await membership.notice(room, by, { t: 'au', msg: user.username });
    },
    async kick(by, room, user) {
      await demandMember(by, room);
      await membership.unsubscribe(room, user._id);
      await membership.notice(room, by, { t: 'ru', msg: user.username });
    },
    async ban(by, room, user) {
      await demandMember(by, room);
      const banned = { status: 'BANNED', open: false, alert: false, unread: 0, _updatedAt: now() };
      await subscriptions.updateOne({ rid: room._id, 'u._id': user._id }, { $set: banned });
      await countMember(room._id, -1);
      await membership.notice(room, by, { t: 'user-banned', msg: user.username });
    },
    async setRole(by, room, user, role, given) {
      await demandMember(by, room);
      const held = (await reads.membership(room._id, user._id))?.roles ?? [];
      const roles = given ? [...new Set([...held, role])] : held.filter(other => other !== role);
      await subscriptions.updateOne({ rid: room._id, 'u._id': user._id }, { $set: { roles, _updatedAt: now() } });
      const t = given ? 'subscription-role-added' : 'subscription-role-removed';
      await membership.notice(room, by, { t, msg: user.username, role });
    },
    async markRead(user, room) {
      const at = now();
      const read = { open: true, alert: false, unread: 0, userMentions: 0, groupMentions: 0, ls: at, _updatedAt: at };
      // What is read already is not written again: every write is a change that others follow.
      const isNew = { $or: [{ alert: true }, { unread: { $gt: 0 } }] };
      await subscriptions.updateOne({ rid: room._id, 'u._id': user._id, ...isNew }, { $set: read });
    },
    async notice(room, by, content) {
      const at = now();
      const written = { rid: room._id, ts: at, ...content, u: personOf(by), groupable: false, _updatedAt: at };
      await messages.insertOne({ _id: newId(), ...written });
      await rooms.updateOne({ _id: room._id }, { $inc: { msgs: 1 }, $set: { _updatedAt: at } });
    },
  };

  /** People of this server have an administrator's rights in every room they are in. */
  const demandMember = async (user: UserDocument, room: RoomDocument): Promise<void> => {
    if ((await reads.membership(room._id, user._id)) === undefined) {
      throw new ChatFailure('error-not-allowed', 'Not allowed');
    }
  };

  /** A direct room is called by the name of the other person. */
  const directNames = async (room: RoomDocument, user: UserDocument) => {
    const others = (room.usernames ?? []).filter(username => username !== user.username);
    const people = await reads.usersNamed(others);
    return { name: others.join(', '), fname: people.map(({ name }) => name).join(', ') };
  };

  return membership;
}
