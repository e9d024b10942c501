import type { ChatRoom, ChatUser } from './chat-shapes.ts';
import type { ChatStore } from './chat-store.ts';

/** Who may read a room: everyone a public one, members the others, and a discussion whoever may read its parent. */
export function readableRoom(store: ChatStore, reader: ChatUser, roomId: string): ChatRoom | undefined {
  const room = store.room(roomId);
  if (room === undefined) return undefined;
  const isOpen = room.t === 'c' || room.memberIds.includes(reader._id);
  if (isOpen) return room;
  const parent = room.prid === undefined ? undefined : readableRoom(store, reader, room.prid);
  return parent === undefined ? undefined : room;
}
