import * as z from 'zod/mini';
import { ChatMessageRole, ChatRoomType } from './chat-change.ts';

/**
 * Rocket.Chat as the listener saw it, in Firestore, version 1. Ids are Rocket.Chat's own (`chatDocumentId`). Each
 * document is guarded by its `version` (`chatVersion`): a write with a lower one changes nothing. What is gone stays
 * as a tombstone without content, so that a late insert cannot bring it back.
 */
const guarded = { v: z.literal(1), version: z.int().check(z.nonnegative()) };
const tombstone = z.object({ ...guarded, deleted: z.literal(true) });

/** `chatMessages/<message id>`. */
export const ChatMessageDocument = z.discriminatedUnion('deleted', [
  z.object({
    ...guarded,
    deleted: z.literal(false),
    roomId: z.string(),
    threadId: z.optional(z.string()),
    authorId: z.string(),
    authorUsername: z.string(),
    authorName: z.optional(z.string()),
    /** As written, not redacted. */
    text: z.string(),
    role: ChatMessageRole,
    sentAt: z.iso.datetime(),
    editedAt: z.optional(z.iso.datetime()),
  }),
  tombstone,
]);
export type ChatMessageDocument = z.infer<typeof ChatMessageDocument>;

/** `chatRooms/<room id>`. */
export const ChatRoomDocument = z.discriminatedUnion('deleted', [
  z.object({
    ...guarded,
    deleted: z.literal(false),
    type: ChatRoomType,
    name: z.optional(z.string()),
    parentId: z.optional(z.string()),
    teamId: z.optional(z.string()),
    teamMain: z.boolean(),
    archived: z.boolean(),
    directUserIds: z.array(z.string()),
  }),
  tombstone,
]);
export type ChatRoomDocument = z.infer<typeof ChatRoomDocument>;

/** `chatMembers/<subscription id>`. */
export const ChatMemberDocument = z.discriminatedUnion('deleted', [
  z.object({ ...guarded, deleted: z.literal(false), roomId: z.string(), userId: z.string(), present: z.boolean() }),
  tombstone,
]);
export type ChatMemberDocument = z.infer<typeof ChatMemberDocument>;

/**
 * `chatAccess/user:<user id>`: what one person may read, kept up to date by the commit that writes a member or a
 * user, so that a question needs one read. Derived from `chatMembers` and users; never the only copy of a membership.
 */
export const ChatUserAccess = z.object({
  v: z.literal(1),
  /** Absent until the user's own document was seen. A user who was removed is not active. */
  user: z.optional(
    z.object({
      version: z.int().check(z.nonnegative()),
      username: z.optional(z.string()),
      active: z.boolean(),
      roles: z.array(z.string()),
    }),
  ),
  /** Room id by subscription id, only where the person is present. */
  rooms: z.record(z.string(), z.string()),
});
export type ChatUserAccess = z.infer<typeof ChatUserAccess>;
export const chatUserAccessPath = (userId: string): `chatAccess/${string}` =>
  `chatAccess/user:${userId.replaceAll('%', '%25').replaceAll('/', '%2F')}`;

/**
 * `chatAccess/rooms`: the rooms whose readers are not just their members, by room id: public rooms, discussions of any
 * room, and the main room of each team. Everything else is readable by its members only. Kept up to date by the
 * commit that writes a room.
 */
export const ChatRoomDirectory = z.object({
  v: z.literal(1),
  rooms: z.record(
    z.string(),
    z.object({
      type: ChatRoomType,
      parentId: z.optional(z.string()),
      teamId: z.optional(z.string()),
      teamMain: z.boolean(),
    }),
  ),
});
export type ChatRoomDirectory = z.infer<typeof ChatRoomDirectory>;
export const CHAT_ROOM_DIRECTORY_PATH = 'chatAccess/rooms';

/**
 * `heartbeats/mongo-listener`, rewritten every 5 s. `caughtUpTo` is the wall clock time up to which every change was
 * handed on: it stands still while the listener is away, behind, or cannot publish.
 */
export const ListenerHeartbeat = z.object({
  v: z.literal(1),
  at: z.iso.datetime(),
  state: z.string(),
  caughtUpTo: z.optional(z.iso.datetime()),
});
export type ListenerHeartbeat = z.infer<typeof ListenerHeartbeat>;
export const LISTENER_HEARTBEAT_PATH = 'heartbeats/mongo-listener';
