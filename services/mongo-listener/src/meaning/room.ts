import { ChatRoomType } from '@innkeeper/shared/contracts/chat-change';
import * as z from 'zod';
import type { SourceChange } from '../source-document.ts';
import { chatId, flag, listOf, name, optionalId, optionalName, readFollowed } from './document-fields.ts';
import type { Meaning } from './meaning.ts';

/** `rocketchat_room`: what decides who may read it and what people call it. Pure. */
const Room = z.object({
  t: name.min(1, { error: 'missing_field' }),
  name: optionalName,
  /** As people wrote it; `name` is the form for links. */
  fname: optionalName,
  prid: optionalId,
  teamId: optionalId,
  teamMain: flag,
  archived: flag,
  uids: listOf(chatId).nullish(),
});

export function interpretRoom(change: SourceChange, roomId: string): Meaning {
  const { version, origin } = change;
  // Every message touches its room: counters, `lm`, `lastMessage`.
  const read = readFollowed(Room, change);
  if (!read.ok) return read.meaning;
  const room = read.value;
  const type = ChatRoomType.safeParse(room.t).data ?? 'other';
  const shownName = type === 'd' ? undefined : (room.fname ?? room.name);
  return {
    kind: 'change',
    change: {
      v: 1,
      version,
      origin,
      kind: 'room',
      roomId,
      type,
      ...(shownName === undefined ? {} : { name: shownName }),
      ...(room.prid === undefined ? {} : { parentId: room.prid }),
      ...(room.teamId === undefined ? {} : { teamId: room.teamId }),
      teamMain: room.teamMain,
      archived: room.archived,
      directUserIds: type === 'd' ? (room.uids ?? []) : [],
    },
  };
}
