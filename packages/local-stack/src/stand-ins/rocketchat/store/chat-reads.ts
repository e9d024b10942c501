import type { Filter } from 'mongodb';
import type * as z from 'zod';
import type { ChatDatabase, Stored } from './chat-database.ts';
import {
  MessageDocument,
  RoomDocument,
  SubscriptionDocument,
  TEAM_TYPES,
  TeamDocument,
  UserDocument,
} from './documents.ts';

/**
 * What is asked of the database. A document that has not the form of its collection counts as absent: others may write
 * there, too. Rejects when the database cannot be reached.
 */
export interface ChatReads {
  user(id: string): Promise<UserDocument | undefined>;
  userNamed(username: string): Promise<UserDocument | undefined>;
  usersNamed(usernames: readonly string[]): Promise<UserDocument[]>;
  users(): Promise<UserDocument[]>;
  room(id: string): Promise<RoomDocument | undefined>;
  roomNamed(name: string): Promise<RoomDocument | undefined>;
  /** The direct room of exactly these people. */
  directRoom(userIds: readonly string[]): Promise<RoomDocument | undefined>;
  discussionsOf(roomId: string): Promise<RoomDocument[]>;
  rooms(): Promise<RoomDocument[]>;
  message(id: string): Promise<MessageDocument | undefined>;
  /** Newest first, as Rocket.Chat lists them; never what is hidden. */
  messages(query: MessageQuery): Promise<MessageDocument[]>;
  countMessages(query: Pick<MessageQuery, 'roomId' | 'threadId'>): Promise<number>;
  membership(roomId: string, userId: string): Promise<SubscriptionDocument | undefined>;
  membersOf(roomId: string): Promise<SubscriptionDocument[]>;
  membershipsOf(userId: string): Promise<SubscriptionDocument[]>;
  /** The room if this person may read it. */
  readableRoom(reader: UserDocument, roomId: string): Promise<RoomDocument | undefined>;
  setting(name: ChatSetting): Promise<boolean>;
}

export interface MessageQuery {
  readonly roomId?: string | undefined;
  readonly threadId?: string | undefined;
  /** Both ends included. */
  readonly oldest?: Date | undefined;
  readonly latest?: Date | undefined;
  readonly offset: number;
  /** All when absent. */
  readonly count?: number | undefined;
}

/** Both are off on a new server. */
export type ChatSetting = 'Message_KeepHistory' | 'Message_ShowDeletedStatus';

export function chatReads(database: ChatDatabase): ChatReads {
  const { users, rooms, messages, subscriptions, teams, teamMembers, settings } = database;

  const isTeamMember = async (teamId: string, userId: string): Promise<boolean> =>
    (await teamMembers.findOne({ teamId, userId })) !== null;

  const mayReadChannel = async (room: RoomDocument, reader: UserDocument): Promise<boolean> => {
    if (room.teamId === undefined) return true;
    const team = readOne(TeamDocument, await teams.findOne({ _id: room.teamId }));
    return team?.type !== TEAM_TYPES.private || isTeamMember(room.teamId, reader._id);
  };

  const reads: ChatReads = {
    user: async id => readOne(UserDocument, await users.findOne({ _id: id })),
    userNamed: async username => readOne(UserDocument, await users.findOne({ username })),
    usersNamed: async usernames =>
      usernames.length === 0 ? [] : readAll(UserDocument, await users.find({ username: { $in: usernames } }).toArray()),
    users: async () => readAll(UserDocument, await users.find({}).sort({ username: 1 }).toArray()),
    room: async id => readOne(RoomDocument, await rooms.findOne({ _id: id })),
    roomNamed: async name => readOne(RoomDocument, await rooms.findOne({ name })),
    directRoom: async userIds => {
      const found = readAll(RoomDocument, await rooms.find({ t: 'd', uids: { $all: [...userIds] } }).toArray());
      return found.find(({ uids }) => uids?.length === userIds.length);
    },
    discussionsOf: async roomId => readAll(RoomDocument, await rooms.find({ prid: roomId }).toArray()),
    rooms: async () => readAll(RoomDocument, await rooms.find({}).sort({ _id: 1 }).toArray()),
    message: async id => readOne(MessageDocument, await messages.findOne({ _id: id, _hidden: { $ne: true } })),
    messages: async query => {
      const found = messages.find(filterOf(query)).sort({ ts: -1, _id: -1 }).skip(query.offset);
      return readAll(MessageDocument, await (query.count === undefined ? found : found.limit(query.count)).toArray());
    },
    countMessages: async query => messages.countDocuments(filterOf(query)),
    membership: async (roomId, userId) =>
      readOne(SubscriptionDocument, await subscriptions.findOne({ rid: roomId, 'u._id': userId, ...PRESENT })),
    membersOf: async roomId =>
      readAll(SubscriptionDocument, await subscriptions.find({ rid: roomId, ...PRESENT }).toArray()),
    membershipsOf: async userId =>
      readAll(SubscriptionDocument, await subscriptions.find({ 'u._id': userId, ...PRESENT }).toArray()),
    async readableRoom(reader, roomId) {
      const room = await reads.room(roomId);
      if (room === undefined) return undefined;
      if (room.t === 'c' && (await mayReadChannel(room, reader))) return room;
      if ((await reads.membership(roomId, reader._id)) !== undefined) return room;
      const parent = room.prid === undefined ? undefined : await reads.readableRoom(reader, room.prid);
      return parent === undefined ? undefined : room;
    },
    setting: async name => (await settings.findOne({ _id: name }))?.['value'] === true,
  };
  return reads;
}

const PRESENT = { status: { $nin: ['INVITED', 'BANNED'] } };

function filterOf({ roomId, threadId, oldest, latest }: Partial<MessageQuery>): Filter<Stored> {
  const between = {
    ...(oldest === undefined ? {} : { $gte: oldest }),
    ...(latest === undefined ? {} : { $lte: latest }),
  };
  return {
    _hidden: { $ne: true },
    ...(roomId === undefined ? {} : { rid: roomId }),
    ...(threadId === undefined ? {} : { tmid: threadId }),
    ...(Object.keys(between).length === 0 ? {} : { ts: between }),
  };
}

const readOne = <T>(schema: z.ZodType<T>, stored: unknown): T | undefined => schema.safeParse(stored).data;

const readAll = <T>(schema: z.ZodType<T>, stored: readonly unknown[]): T[] =>
  stored.flatMap(document => {
    const read = schema.safeParse(document);
    return read.success ? [read.data] : [];
  });
