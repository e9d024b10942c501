import * as z from 'zod/mini';

/**
 * One change in Rocket.Chat as the listener understood it: body of a Pub/Sub message (JSON), version 1. A change says
 * how a thing stands, never what to do, so that any of them may come twice, late or in any order: the higher `version`
 * wins.
 */
const rocketChatId = z.string().check(z.minLength(1), z.maxLength(256));

const envelope = {
  v: z.literal(1),
  /** Cluster time as one safe number (`chatVersion`); a scanned document carries the time its scan began. */
  version: z.int().check(z.nonnegative()),
  origin: z.enum(['stream', 'snapshot', 'healing']),
};

/** Why a message may not be quoted although it is kept: the assistant's own words and what people asked it. */
export const ChatMessageRole = z.enum(['evidence', 'question', 'bot']);
export type ChatMessageRole = z.infer<typeof ChatMessageRole>;

const message = z.object({
  ...envelope,
  kind: z.literal('message'),
  messageId: rocketChatId,
  roomId: rocketChatId,
  /** The message that opened the thread. */
  threadId: z.optional(rocketChatId),
  authorId: rocketChatId,
  authorUsername: z.string(),
  authorName: z.optional(z.string()),
  /** Message, attachments' texts, names and descriptions of files, one per line. Not redacted: the store is private. */
  text: z.string().check(z.minLength(1)),
  role: ChatMessageRole,
  sentAt: z.iso.datetime(),
  editedAt: z.optional(z.iso.datetime()),
});

/** Deleted, hidden, emptied, encrypted or turned into a notice: from now on nobody may quote it. */
const messageRemoved = z.object({ ...envelope, kind: z.literal('message-removed'), messageId: rocketChatId });

/** `c` public, `p` private, `d` direct, `l` livechat, `v` calls. */
export const ChatRoomType = z.enum(['c', 'p', 'd', 'l', 'v', 'other']);
export type ChatRoomType = z.infer<typeof ChatRoomType>;

const room = z.object({
  ...envelope,
  kind: z.literal('room'),
  roomId: rocketChatId,
  type: ChatRoomType,
  /** What people call it; absent in direct rooms. */
  name: z.optional(z.string()),
  /** Room this discussion belongs to; who may read that one may read this one. */
  parentId: z.optional(rocketChatId),
  teamId: z.optional(rocketChatId),
  /** The room whose members and type are those of the whole team. */
  teamMain: z.boolean(),
  archived: z.boolean(),
  /** Ids of the people in a direct room; empty otherwise. */
  directUserIds: z.array(rocketChatId),
});
const roomRemoved = z.object({ ...envelope, kind: z.literal('room-removed'), roomId: rocketChatId });

/** Somebody belongs to a room: one Rocket.Chat subscription. */
const member = z.object({
  ...envelope,
  kind: z.literal('member'),
  /** Id of the subscription: all that a deletion tells. */
  memberId: rocketChatId,
  roomId: rocketChatId,
  userId: rocketChatId,
  /** Somebody invited who has not accepted, and somebody banned, is not in the room. */
  present: z.boolean(),
});
const memberRemoved = z.object({ ...envelope, kind: z.literal('member-removed'), memberId: rocketChatId });

const user = z.object({
  ...envelope,
  kind: z.literal('user'),
  userId: rocketChatId,
  username: z.optional(z.string()),
  /** False once deactivated: such a person is in no room any more. */
  active: z.boolean(),
  roles: z.array(z.string()),
});
const userRemoved = z.object({ ...envelope, kind: z.literal('user-removed'), userId: rocketChatId });

/** How people reacted to an answer of the assistant, whole each time: usernames. */
const feedback = z.object({
  ...envelope,
  kind: z.literal('feedback'),
  /** The answer's own message. */
  messageId: rocketChatId,
  up: z.array(z.string()),
  down: z.array(z.string()),
});

export const ChatChange = z.discriminatedUnion('kind', [
  message,
  messageRemoved,
  room,
  roomRemoved,
  member,
  memberRemoved,
  user,
  userRemoved,
  feedback,
]);
export type ChatChange = z.infer<typeof ChatChange>;

/** The change stream's order of what a change is about: changes with the same key must stay in order. */
export function chatChangeKey(change: ChatChange): string {
  switch (change.kind) {
    case 'message':
    case 'message-removed':
      return `message:${change.messageId}`;
    case 'feedback':
      return `feedback:${change.messageId}`;
    case 'room':
    case 'room-removed':
      return `room:${change.roomId}`;
    case 'member':
    case 'member-removed':
      return `member:${change.memberId}`;
    case 'user':
    case 'user-removed':
      return `user:${change.userId}`;
  }
}

/** Pub/Sub topics: what happens now is never behind what is filled in. */
export const CHAT_TOPICS = { live: 'chat-live', backfill: 'chat-backfill', dead: 'chat-dead' } as const;

/**
 * Attribute of a message that brings a parked change once more: id of the message it came with first, by which it is
 * parked again or, once applied, taken away from there.
 */
export const CHAT_REPLAY_ATTRIBUTE = 'replayOf';

const ORDINAL_BITS = 21;
const ORDINAL_MAX = 2 ** ORDINAL_BITS - 1;

/**
 * A MongoDB cluster time as one safe integer that sorts alike: seconds, then the ordinal within the second (a server
 * does not reach two million operations a second). Holds until the year 2106, as MongoDB's own does.
 */
export const chatVersion = (seconds: number, ordinal: number): number =>
  seconds * 2 ** ORDINAL_BITS + Math.min(ordinal, ORDINAL_MAX);

/** Whole seconds since the epoch of a version. */
export const secondsOfChatVersion = (version: number): number => Math.floor(version / 2 ** ORDINAL_BITS);
