import { type ChatChange, chatChangeKey } from '@innkeeper/shared/contracts/chat-change';

/**
 * What must stand in Firestore after a history, worked out without a line of what is tested: of each thing the last that
 * happened, and who may read what straight from that.
 */
export function documentsAfter(history: readonly ChatChange[]): Map<string, unknown> {
  const documents = new Map<string, unknown>();
  const directory: Record<string, object> = {};
  const readers = new Map<string, { user?: object; rooms: Record<string, string> }>();
  const reader = (userId: string) => {
    const known = readers.get(userId) ?? { rooms: {} };
    readers.set(userId, known);
    return known;
  };
  for (const change of lastOfEach(history)) {
    const { version } = change;
    const gone = { v: 1, version, deleted: true };
    const there = { v: 1, version, deleted: false };
    switch (change.kind) {
      case 'message': {
        const { messageId, roomId, authorId, authorUsername, text, role, sentAt } = change;
        documents.set(`chatMessages/${messageId}`, { ...there, roomId, authorId, authorUsername, text, role, sentAt });
        break;
      }
      case 'message-removed':
        documents.set(`chatMessages/${change.messageId}`, gone);
        break;
      case 'room': {
        const { roomId, type, parentId, teamMain, archived, directUserIds } = change;
        const parent = parentId === undefined ? {} : { parentId };
        documents.set(`chatRooms/${roomId}`, { ...there, type, ...parent, teamMain, archived, directUserIds });
        if (type === 'c' || parentId !== undefined) directory[roomId] = { type, ...parent, teamMain };
        break;
      }
      case 'room-removed':
        documents.set(`chatRooms/${change.roomId}`, gone);
        break;
      case 'member': {
        const { memberId, roomId, userId, present } = change;
        documents.set(`chatMembers/${memberId}`, { ...there, roomId, userId, present });
        if (present) reader(userId).rooms[memberId] = roomId;
        break;
      }
      case 'member-removed':
        documents.set(`chatMembers/${change.memberId}`, gone);
        break;
      case 'user': {
        const { username, active, roles } = change;
        reader(change.userId).user = { version, username, active, roles };
        break;
      }
      case 'user-removed':
        reader(change.userId).user = { version, active: false, roles: [] };
        break;
      case 'feedback':
        documents.set('interactions/q', { feedback: { version, up: change.up, down: change.down } });
    }
  }
  for (const [userId, access] of readers) documents.set(`chatAccess/user:${userId}`, { v: 1, ...access });
  documents.set('chatAccess/rooms', { v: 1, rooms: directory });
  return documents;
}

/** Ids of the messages that must be found after a history, with what they say. */
export function findableAfter(history: readonly ChatChange[], assistantId: string): Map<string, string> {
  const closed = new Set<string>();
  for (const change of history) {
    if (change.kind === 'room-removed') closed.add(change.roomId);
    if (change.kind === 'room' && (change.type === 'l' || change.directUserIds.includes(assistantId))) {
      closed.add(change.roomId);
    }
  }
  const found = new Map<string, string>();
  for (const change of lastOfEach(history)) {
    if (change.kind === 'message' && change.role === 'evidence' && !closed.has(change.roomId)) {
      found.set(change.messageId, change.text);
    }
  }
  return found;
}

function lastOfEach(history: readonly ChatChange[]): Iterable<ChatChange> {
  const last = new Map<string, ChatChange>();
  for (const change of history) last.set(chatChangeKey(change), change);
  return last.values();
}
