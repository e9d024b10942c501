import type { ChatReads } from '../store/chat-reads.ts';
import type { RoomDocument, UserDocument } from '../store/documents.ts';
import { type Endpoint, pageOf } from './chat-endpoints.ts';
import { ChatFailure, failure, success } from './chat-replies.ts';

/** Rooms, their histories and the people in them. */
export function roomEndpoints(reads: ChatReads): Record<string, Endpoint> {
  const roomOf = async (
    caller: UserDocument,
    query: URLSearchParams,
    types: readonly RoomDocument['t'][],
  ): Promise<RoomDocument> => {
    const name = query.get('roomName');
    const roomId = query.get('roomId') ?? (name === null ? undefined : (await reads.roomNamed(name))?._id);
    const room = await reads.readableRoom(caller, roomId ?? '');
    if (room === undefined || !types.includes(room.t)) throw roomNotFound();
    return room;
  };

  const history =
    (...types: RoomDocument['t'][]): Endpoint =>
    async ({ caller, query }) => {
      const room = await roomOf(caller, query, types);
      const [oldest, latest] = [dateOf(query.get('oldest')), dateOf(query.get('latest'))];
      const messages = await reads.messages({ roomId: room._id, oldest, latest, ...pageOf(query) });
      const wanted =
        query.get('showThreadMessages') === 'false' ? messages.filter(m => m.tmid === undefined) : messages;
      return success({ messages: wanted });
    };

  const messages =
    (...types: RoomDocument['t'][]): Endpoint =>
    async ({ caller, query }) => {
      const { _id: roomId } = await roomOf(caller, query, types);
      const page = pageOf(query);
      const found = await reads.messages({ roomId, ...page });
      const total = await reads.countMessages({ roomId });
      return success({ messages: found, count: found.length, offset: page.offset, total });
    };

  const userOf = async (query: URLSearchParams): Promise<UserDocument | undefined> =>
    (await reads.user(query.get('userId') ?? '')) ?? reads.userNamed(query.get('username') ?? '');

  return {
    'GET rooms.info': async ({ caller, query }) => success({ room: await roomOf(caller, query, ['c', 'p', 'd', 'l']) }),
    async 'GET rooms.isMember'({ caller, query }) {
      const room = await reads.room(query.get('roomId') ?? '');
      if (room === undefined) throw roomNotFound();
      if ((await reads.membership(room._id, caller._id)) === undefined) {
        throw new ChatFailure('error-unauthorized', 'unauthorized', 403);
      }
      const user = await userOf(query);
      return user !== undefined && (await reads.membership(room._id, user._id)) !== undefined
        ? success({ isMember: true })
        : failure('error-user-not-found');
    },
    'GET channels.history': history('c'),
    'GET channels.messages': messages('c'),
    'GET groups.history': history('p'),
    'GET groups.messages': messages('p'),
    'GET dm.history': history('d'),
    'GET dm.messages': messages('d'),
    async 'GET users.info'({ query }) {
      const user = await userOf(query);
      if (user === undefined) return failure('User not found.');
      const { _id, username, name, roles, active } = user;
      const type = roles.includes('bot') ? 'bot' : 'user';
      return success({ user: { _id, username, name, type, roles, active, status: 'online' } });
    },
  };
}

const roomNotFound = (): ChatFailure =>
  new ChatFailure(
    'error-room-not-found',
    'The required "roomId" or "roomName" param provided does not match any channel',
  );

const dateOf = (instant: string | null): Date | undefined => (instant === null ? undefined : new Date(instant));
