import {
  CHAT_ROOM_DIRECTORY_PATH,
  ChatRoomDirectory,
  ChatRoomDocument,
} from '@innkeeper/shared/contracts/chat-documents';
import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod/mini';
import { whereWrong } from '../where-wrong.ts';
import type { Effect, InvalidDocument } from './applied.ts';
import { isSameContent, toFields } from './document-fields.ts';
import type { Work } from './group-commit.ts';
import { type ChangeOf, toRoomDocument } from './to-document.ts';
import { supersedes } from './version-guard.ts';

export interface RoomApplied {
  readonly effect: Effect;
  /** How the room stands now. */
  readonly room: ChatRoomDocument;
}

/** `chatRooms/<id>` and its entry in the directory, which always follows from what the room's document says. Pure. */
export function roomWork(change: ChangeOf<'room' | 'room-removed'>): Work<Result<RoomApplied, InvalidDocument>> {
  const path = `chatRooms/${chatDocumentId(change.roomId)}` as const;
  const incoming = toRoomDocument(change);
  return {
    paths: [path, CHAT_ROOM_DIRECTORY_PATH],
    run(view) {
      const stored = z.optional(ChatRoomDocument).safeParse(view.get(path));
      if (!stored.success) return err({ kind: 'invalid_document', detail: whereWrong(stored.error) });
      const directory = z.optional(ChatRoomDirectory).safeParse(view.get(CHAT_ROOM_DIRECTORY_PATH));
      if (!directory.success) return err({ kind: 'invalid_document', detail: whereWrong(directory.error) });

      const wins = supersedes(incoming, stored.data);
      const room = wins || stored.data === undefined ? incoming : stored.data;
      const isSame = stored.data !== undefined && isSameContent(room, stored.data);
      if (!isSame || room.version !== stored.data?.version) view.set(path, toFields(room));

      const { [change.roomId]: before, ...others } = directory.data?.rooms ?? {};
      const after = directoryEntry(room);
      if (!isSameContent(before ?? {}, after ?? {})) {
        const rooms = after === undefined ? others : { ...others, [change.roomId]: after };
        view.set(CHAT_ROOM_DIRECTORY_PATH, toFields({ v: 1, rooms } satisfies ChatRoomDirectory));
      }
      return ok({ effect: wins ? (isSame ? 'unchanged' : 'written') : 'older', room });
    },
  };
}

/** Rooms that people may read without being a member: public ones, discussions, and the main room of a team. */
function directoryEntry(room: ChatRoomDocument): ChatRoomDirectory['rooms'][string] | undefined {
  if (room.deleted || !(room.type === 'c' || room.parentId !== undefined || room.teamMain)) return undefined;
  const { type, parentId, teamId, teamMain } = room;
  return { type, parentId, teamId, teamMain };
}
