import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import type {
  ChatMemberDocument,
  ChatMessageDocument,
  ChatRoomDocument,
  ChatUserAccess,
} from '@innkeeper/shared/contracts/chat-documents';

/** The document that a change asks for. A removal leaves its version and nothing else. Pure. */
export type ChangeOf<Kind extends ChatChange['kind']> = Extract<ChatChange, { kind: Kind }>;

export function toMessageDocument(change: ChangeOf<'message' | 'message-removed'>): ChatMessageDocument {
  if (change.kind === 'message-removed') return tombstone(change);
  const { v, version, roomId, threadId, authorId, authorUsername, authorName, text, role, sentAt, editedAt } = change;
  return {
    v,
    version,
    deleted: false,
    roomId,
    threadId,
    authorId,
    authorUsername: authorUsername.toWellFormed(),
    authorName: authorName?.toWellFormed(),
    // Firestore would replace half characters by itself, and every repetition would then look like an edit.
    text: text.toWellFormed(),
    role,
    sentAt,
    editedAt,
  };
}

export function toRoomDocument(change: ChangeOf<'room' | 'room-removed'>): ChatRoomDocument {
  if (change.kind === 'room-removed') return tombstone(change);
  const { v, version, type, name, parentId, teamId, teamMain, archived, directUserIds } = change;
  return {
    v,
    version,
    deleted: false,
    type,
    name: name?.toWellFormed(),
    parentId,
    teamId,
    teamMain,
    archived,
    directUserIds,
  };
}

export function toMemberDocument(change: ChangeOf<'member' | 'member-removed'>): ChatMemberDocument {
  if (change.kind === 'member-removed') return tombstone(change);
  const { v, version, roomId, userId, present } = change;
  return { v, version, deleted: false, roomId, userId, present };
}

export function toAccessUser(change: ChangeOf<'user' | 'user-removed'>): NonNullable<ChatUserAccess['user']> {
  if (change.kind === 'user-removed') return { version: change.version, active: false, roles: [] };
  const { version, username, active, roles } = change;
  return { version, username, active, roles };
}

const tombstone = ({ v, version }: Pick<ChatChange, 'v' | 'version'>) => ({ v, version, deleted: true }) as const;
