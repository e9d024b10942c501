import type { UpdateFilter } from 'mongodb';
import type { Stored } from '../store/chat-database.ts';
import type { MessageDocument, RoomDocument } from '../store/documents.ts';
import type { ActionContext } from './action-context.ts';

/** What a message changes beside itself: its room's counters, its thread's, and what members have not read. */
export interface RoomActivity {
  afterNewMessage(message: MessageDocument, room: RoomDocument): Promise<void>;
  afterEdit(message: MessageDocument, room: RoomDocument): Promise<void>;
  afterRemoval(message: MessageDocument): Promise<void>;
}

/** What is older, or was sent from a wrong clock, is imported: it only counts. */
const RECENT_MS = 60_000;

export function roomActivity({ database, reads, now }: ActionContext): RoomActivity {
  const { rooms, messages, subscriptions } = database;

  const updateRoom = async (roomId: string, update: UpdateFilter<Stored>): Promise<void> => {
    await rooms.updateOne({ _id: roomId }, { ...update, $set: { ...update.$set, _updatedAt: now() } });
  };
  const updateMembers = async (roomId: string, who: object, update: UpdateFilter<Stored>): Promise<void> => {
    await subscriptions.updateMany({ rid: roomId, ...who }, { ...update, $set: { ...update.$set, _updatedAt: now() } });
  };

  const addToThread = async ({ ts, u }: MessageDocument, threadId: string): Promise<void> => {
    const parent = await reads.message(threadId);
    if (parent === undefined) return;
    const replies = { $each: [...new Set([parent.u._id, u._id])] };
    await messages.updateOne(
      { _id: threadId },
      { $addToSet: { replies }, $inc: { tcount: 1 }, $set: { tlm: ts, _updatedAt: now() } },
    );
  };

  const tellMembers = async (message: MessageDocument, room: RoomDocument): Promise<void> => {
    const author = message.u._id;
    const mentioned = (message.mentions ?? []).map(({ _id }) => _id).filter(id => id !== author);
    if (mentioned.length > 0) {
      await updateMembers(room._id, { 'u._id': { $in: mentioned } }, { $inc: { unread: 1, userMentions: 1 } });
    }
    if (room.t === 'd') {
      await updateMembers(room._id, { 'u._id': { $nin: [...mentioned, author] } }, { $inc: { unread: 1 } });
    }
    await updateMembers(room._id, { 'u._id': { $ne: author }, alert: { $ne: true } }, { $set: { alert: true } });
    await updateMembers(room._id, { 'u._id': { $ne: author }, open: { $ne: true } }, { $set: { open: true } });
    const read = { open: true, alert: false, unread: 0, userMentions: 0, groupMentions: 0, ls: now() };
    await updateMembers(room._id, { 'u._id': author }, { $set: read });
  };

  return {
    async afterNewMessage(message, room) {
      const isImported = Math.abs(now().getTime() - message.ts.getTime()) > RECENT_MS;
      const isOnlyInThread = message.tmid !== undefined && message.tshow !== true;
      const thread = message.tmid === undefined ? undefined : addToThread(message, message.tmid);
      if (isImported || isOnlyInThread) {
        await Promise.all([thread, updateRoom(room._id, { $inc: { msgs: 1 } })]);
        return;
      }
      await Promise.all([
        thread,
        updateRoom(room._id, { $inc: { msgs: 1 }, $set: { lm: message.ts, lastMessage: message } }),
        tellMembers(message, room),
      ]);
    },
    async afterEdit(message, room) {
      if (room.lastMessage?._id === message._id) await updateRoom(room._id, { $set: { lastMessage: message } });
    },
    async afterRemoval(message) {
      const room = await reads.room(message.rid);
      if (room === undefined) return;
      const counted = { $inc: { msgs: -1 } };
      if (room.lastMessage !== undefined && room.lastMessage._id !== message._id) {
        await updateRoom(room._id, counted);
        return;
      }
      const [last] = await reads.messages({ roomId: room._id, offset: 0, count: 1 });
      await updateRoom(
        room._id,
        last === undefined ? { ...counted, $unset: { lastMessage: 1 } } : { ...counted, $set: { lastMessage: last } },
      );
    },
  };
}
