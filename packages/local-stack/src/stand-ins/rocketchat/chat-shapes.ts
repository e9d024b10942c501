import * as z from 'zod';

/** Rocket.Chat's users, rooms and messages, with the fields its REST API shows and the assistant relies on. */
export const ChatUser = z.object({
  _id: z.string().min(1),
  username: z.string().min(1),
  name: z.string(),
  roles: z.array(z.string()),
  /** Accepted in `X-Auth-Token`; a user without one cannot call the API. */
  authToken: z.string().optional(),
});
export type ChatUser = z.infer<typeof ChatUser>;

export const ChatRoom = z.object({
  _id: z.string().min(1),
  /** c public channel, p private group, d direct, l livechat. */
  t: z.enum(['c', 'p', 'd', 'l']),
  /** Direct rooms have none. */
  name: z.string().optional(),
  fname: z.string().optional(),
  memberIds: z.array(z.string()),
  /** Of the people in a direct room. */
  usernames: z.array(z.string()).optional(),
  /** Parent room of a discussion. */
  prid: z.string().optional(),
  teamId: z.string().optional(),
});
export type ChatRoom = z.infer<typeof ChatRoom>;

const Author = z.object({ _id: z.string(), username: z.string(), name: z.string().optional() });

export const StoredMessage = z.object({
  _id: z.string(),
  rid: z.string(),
  msg: z.string(),
  /** ISO instant, as everything in the REST API. */
  ts: z.string(),
  u: Author,
  _updatedAt: z.string(),
  tmid: z.string().optional(),
  tshow: z.boolean().optional(),
  alias: z.string().optional(),
  editedAt: z.string().optional(),
  editedBy: Author.optional(),
  /** Set on what a webhook's response posted. */
  bot: z.object({ i: z.string() }).optional(),
  attachments: z.array(z.unknown()).optional(),
  /** Usernames by `:emoji:`. */
  reactions: z.record(z.string(), z.object({ usernames: z.array(z.string()) })).optional(),
  /** Of a thread's first message. */
  tcount: z.int().optional(),
  tlm: z.string().optional(),
  urls: z.array(z.unknown()),
  mentions: z.array(z.object({ _id: z.string(), username: z.string(), type: z.literal('user') })),
  channels: z.array(z.unknown()),
});
export type StoredMessage = z.infer<typeof StoredMessage>;
