import type {
  ChatMessageDocument,
  ChatRoomDirectory,
  ChatRoomDocument,
  ChatUserAccess,
} from '@innkeeper/shared/contracts/chat-documents';
import type { RawChat, RawMessage, RawRoom } from './raw-chat.ts';

/** What vectorize would have written of a chat, in the shapes of the contract. */
export const SENT_AT = '2026-11-21T08:12:00.000Z';

export const roomDocument = (room: RawRoom): ChatRoomDocument => ({
  v: 1,
  version: 1,
  deleted: false,
  type: room.t,
  ...(room.t === 'd' ? {} : { name: room._id }),
  ...(room.prid === undefined ? {} : { parentId: room.prid }),
  ...(room.teamId === undefined ? {} : { teamId: room.teamId }),
  teamMain: room.teamMain === true,
  archived: room.archived === true,
  directUserIds: [...(room.uids ?? [])],
});

export const directoryOf = ({ rooms }: RawChat): ChatRoomDirectory => ({
  v: 1,
  rooms: Object.fromEntries(
    rooms
      .filter(({ t, prid, teamMain }) => t === 'c' || prid !== undefined || teamMain === true)
      .map(({ _id, t, prid, teamId, teamMain }) => [
        _id,
        {
          type: t,
          ...(prid === undefined ? {} : { parentId: prid }),
          ...(teamId === undefined ? {} : { teamId }),
          teamMain: teamMain === true,
        },
      ]),
  ),
});

export function userAccess(chat: RawChat, userId: string): ChatUserAccess {
  const user = chat.users.find(({ _id }) => _id === userId);
  return {
    v: 1,
    ...(user === undefined ? {} : { user: { version: 1, active: user.active, roles: [...user.roles] } }),
    rooms: Object.fromEntries(
      chat.subscriptions
        .filter(({ u, status }) => u._id === userId && status === undefined)
        .map(({ _id, rid }) => [_id, rid]),
    ),
  };
}

export const messageDocument = ({ rid, about }: RawMessage, text = 'the boiler is fixed'): ChatMessageDocument =>
  about === 'deleted'
    ? { v: 1, version: 2, deleted: true }
    : {
        v: 1,
        version: 1,
        deleted: false,
        roomId: rid,
        authorId: 'user1',
        authorUsername: 'frida',
        authorName: 'Frida',
        text,
        role: about === 'talk' ? 'evidence' : about === 'question' ? 'question' : 'bot',
        sentAt: SENT_AT,
      };
