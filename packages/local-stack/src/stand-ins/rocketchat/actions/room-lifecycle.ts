import { ChatFailure } from '../rest/chat-replies.ts';
import { RoomDocument, TEAM_TYPES, type UserDocument } from '../store/documents.ts';
import { type ActionContext, personOf } from './action-context.ts';
import type { RoomMembership } from './room-membership.ts';

/** Rooms from their making to their end, with what follows in subscriptions and messages. */
export interface RoomLifecycle {
  create(creator: UserDocument, draft: RoomDraft): Promise<RoomDocument>;
  /** The direct room of these people, made when there is none. */
  direct(people: readonly UserDocument[]): Promise<RoomDocument>;
  discuss(
    creator: UserDocument,
    parent: RoomDocument,
    name: string,
    people: readonly UserDocument[],
  ): Promise<RoomDocument>;
  /** A team is its main room, and the people in it. */
  createTeam(
    creator: UserDocument,
    name: string,
    type: 'public' | 'private',
    people: readonly UserDocument[],
  ): Promise<RoomDocument>;
  rename(by: UserDocument, room: RoomDocument, name: string): Promise<void>;
  setType(by: UserDocument, room: RoomDocument, type: 'c' | 'p'): Promise<void>;
  archive(by: UserDocument, room: RoomDocument, archived: boolean): Promise<void>;
  /** With its messages, its subscriptions and its discussions. */
  erase(room: RoomDocument): Promise<void>;
  /** Deletes the messages of a span of time, both ends included. */
  prune(room: RoomDocument, oldest: Date, latest: Date): Promise<void>;
}

export interface RoomDraft {
  readonly id?: string | undefined;
  readonly type: 'c' | 'p';
  readonly name: string;
  readonly people: readonly UserDocument[];
  readonly prid?: string | undefined;
  readonly teamId?: string | undefined;
  readonly teamMain?: true | undefined;
}

export function roomLifecycle(context: ActionContext, membership: RoomMembership): RoomLifecycle {
  const { reads, now, newId } = context;
  const { rooms, subscriptions, messages, teams, teamMembers } = context.database;

  const change = async (room: RoomDocument, changes: object): Promise<void> => {
    await rooms.updateOne({ _id: room._id }, { $set: { ...changes, _updatedAt: now() } });
  };
  const changeForMembers = async (room: RoomDocument, changes: object): Promise<void> => {
    await subscriptions.updateMany({ rid: room._id }, { $set: { ...changes, _updatedAt: now() } });
  };

  const makeDirect = async (userIds: readonly string[], people: readonly UserDocument[]): Promise<RoomDocument> => {
    const at = now();
    const _id = userIds.join('');
    const usernames = people.map(({ username }) => username);
    const made = { t: 'd', usernames, uids: [...userIds], usersCount: 0, msgs: 0, ts: at, _updatedAt: at };
    await rooms.updateOne({ _id }, { $setOnInsert: made }, { upsert: true });
    return RoomDocument.parse({ _id, ...made });
  };

  const lifecycle: RoomLifecycle = {
    async create(creator, { id, type, name, people, prid, teamId, teamMain }) {
      if ((await reads.roomNamed(name)) !== undefined) {
        throw new ChatFailure('error-duplicate-channel-name', `A channel with name '${name}' exists`);
      }
      const at = now();
      const room: RoomDocument = {
        _id: id ?? newId(),
        fname: name,
        name,
        t: type,
        msgs: 0,
        usersCount: 0,
        u: personOf(creator),
        ts: at,
        ro: false,
        sysMes: true,
        ...(prid === undefined ? {} : { prid }),
        ...(teamId === undefined ? {} : { teamId }),
        ...(teamMain === undefined ? {} : { teamMain }),
        _updatedAt: at,
      };
      await rooms.insertOne(room);
      await membership.subscribe(room, creator, ['owner']);
      for (const person of people) await membership.subscribe(room, person);
      return room;
    },
    async direct(people) {
      const userIds = people.map(({ _id }) => _id).sort();
      const room = (await reads.directRoom(userIds)) ?? (await makeDirect(userIds, people));
      // Again for a room there is already: its making may have been interrupted.
      for (const person of people) await membership.subscribe(room, person);
      return room;
    },
    async discuss(creator, parent, name, people) {
      const type = parent.t === 'c' ? 'c' : 'p';
      const room = await lifecycle.create(creator, { type, name, people, prid: parent._id });
      await membership.notice(parent, creator, { t: 'discussion-created', msg: name, drid: room._id, dcount: 0 });
      return room;
    },
    async createTeam(creator, name, type, people) {
      const [teamId, roomId, at] = [newId(), newId(), now()];
      const createdBy = { _id: creator._id, username: creator.username };
      const team = { name, type: TEAM_TYPES[type], roomId, createdBy, createdAt: at, _updatedAt: at };
      await teams.insertOne({ _id: teamId, ...team });
      for (const person of new Set([creator, ...people])) {
        const roles = person === creator ? ['owner'] : [];
        const member = { teamId, userId: person._id, roles, createdBy, createdAt: at, _updatedAt: at };
        await teamMembers.insertOne({ _id: newId(), ...member });
      }
      const draft = { type: type === 'public' ? 'c' : 'p', name, people, teamId, teamMain: true } as const;
      return lifecycle.create(creator, { id: roomId, ...draft });
    },
    async rename(by, room, name) {
      await change(room, { name, fname: name });
      await changeForMembers(room, { name, fname: name });
      await membership.notice(room, by, { t: 'r', msg: name });
    },
    async setType(by, room, type) {
      await change(room, { t: type });
      await changeForMembers(room, { t: type });
      if (room.teamMain === true && room.teamId !== undefined) {
        const teamType = type === 'c' ? TEAM_TYPES.public : TEAM_TYPES.private;
        await teams.updateOne({ _id: room.teamId }, { $set: { type: teamType, _updatedAt: now() } });
      }
      await membership.notice(room, by, { t: 'room_changed_privacy', msg: type === 'c' ? 'Public' : 'Private' });
    },
    async archive(by, room, archived) {
      await change(room, { archived });
      await changeForMembers(room, archived ? { archived, alert: false, open: false } : { archived, open: true });
      await membership.notice(room, by, { t: archived ? 'room-archived' : 'room-unarchived', msg: '' });
    },
    async erase(room) {
      await messages.deleteMany({ rid: room._id });
      await subscriptions.deleteMany({ rid: room._id });
      await rooms.deleteOne({ _id: room._id });
      const discussions = await reads.discussionsOf(room._id);
      for (const discussion of discussions) await lifecycle.erase(discussion);
    },
    async prune(room, oldest, latest) {
      const { deletedCount } = await messages.deleteMany({ rid: room._id, ts: { $gte: oldest, $lte: latest } });
      const [last] = await reads.messages({ roomId: room._id, offset: 0, count: 1 });
      await rooms.updateOne(
        { _id: room._id },
        last === undefined
          ? { $inc: { msgs: -deletedCount }, $set: { _updatedAt: now() }, $unset: { lastMessage: 1 } }
          : { $inc: { msgs: -deletedCount }, $set: { lastMessage: last, _updatedAt: now() } },
      );
    },
  };
  return lifecycle;
}
