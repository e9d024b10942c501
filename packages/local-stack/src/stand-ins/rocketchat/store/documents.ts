import * as z from 'zod';

/**
 * Rocket.Chat's documents as MongoDB has them: the fields that this server and its readers rely on, the others kept as
 * they are. Instants are Dates.
 */
const Person = z.looseObject({ _id: z.string(), username: z.string(), name: z.string().optional() });

/** `users`. */
export const UserDocument = z.looseObject({
  _id: z.string(),
  username: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  active: z.boolean(),
});
export type UserDocument = z.infer<typeof UserDocument>;

/** `rocketchat_message`. */
export const MessageDocument = z.looseObject({
  _id: z.string(),
  rid: z.string(),
  msg: z.string(),
  ts: z.date(),
  u: Person,
  _updatedAt: z.date(),
  /** Kind of a notice; what people write has none. */
  t: z.string().optional(),
  /** The message that opened the thread. */
  tmid: z.string().optional(),
  /** A reply that is shown in the room as well. */
  tshow: z.boolean().optional(),
  /** Of a message that opened a thread: replies, and when the last one came. */
  tcount: z.number().optional(),
  tlm: z.date().optional(),
  /** Of the notice about a discussion: its room. */
  drid: z.string().optional(),
  md: z.array(z.looseObject({ type: z.string() })).optional(),
  mentions: z.array(z.looseObject({ _id: z.string() })).optional(),
  attachments: z.array(z.unknown()).optional(),
  alias: z.string().optional(),
  /** Set on what an integration posted. */
  bot: z.looseObject({ i: z.string() }).optional(),
  editedAt: z.date().optional(),
  /** Who reacted, by `:emoji:`. */
  reactions: z.record(z.string(), z.looseObject({ usernames: z.array(z.string()) })).optional(),
  pinned: z.boolean().optional(),
  /** Kept for the record, shown to nobody. */
  _hidden: z.boolean().optional(),
});
export type MessageDocument = z.infer<typeof MessageDocument>;

/** `rocketchat_room`: c public channel, p private group, d direct, l livechat. */
export const RoomDocument = z.looseObject({
  _id: z.string(),
  t: z.enum(['c', 'p', 'd', 'l']),
  /** Direct rooms have none. */
  name: z.string().optional(),
  /** Of the people in a direct room. */
  uids: z.array(z.string()).optional(),
  usernames: z.array(z.string()).optional(),
  /** Parent room of a discussion. */
  prid: z.string().optional(),
  teamId: z.string().optional(),
  /** The room whose members are the team. */
  teamMain: z.boolean().optional(),
  archived: z.boolean().optional(),
  lm: z.date().optional(),
  lastMessage: z.looseObject({ _id: z.string() }).optional(),
});
export type RoomDocument = z.infer<typeof RoomDocument>;

/** `rocketchat_subscription`: one person in one room. */
export const SubscriptionDocument = z.looseObject({
  _id: z.string(),
  rid: z.string(),
  u: Person,
  t: z.string(),
  unread: z.number().default(0),
  alert: z.boolean().default(false),
  /** In this room. */
  roles: z.array(z.string()).optional(),
  /** `INVITED` and `BANNED` are not members. */
  status: z.string().optional(),
});
export type SubscriptionDocument = z.infer<typeof SubscriptionDocument>;

/** `rocketchat_team`. */
export const TeamDocument = z.looseObject({ _id: z.string(), name: z.string(), type: z.number(), roomId: z.string() });
/** Values of a team's `type`. */
export const TEAM_TYPES = { public: 0, private: 1 } as const;
