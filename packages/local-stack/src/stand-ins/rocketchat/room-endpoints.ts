import { type Endpoint, pageOf } from './chat-endpoints.ts';
import { ChatFailure, failure, success } from './chat-replies.ts';
import type { ChatRoom, ChatUser } from './chat-shapes.ts';
import type { ChatStore } from './chat-store.ts';
import { readableRoom } from './room-access.ts';

/** Rooms, their histories and the people in them. */
export function roomEndpoints(store: ChatStore): Record<string, Endpoint> {
  const roomOf = (caller: ChatUser, query: URLSearchParams, types: readonly ChatRoom['t'][]): ChatRoom => {
    const name = query.get('roomName');
    const named = name === null ? undefined : store.rooms().find(room => room.name === name);
    const room = readableRoom(store, caller, query.get('roomId') ?? named?._id ?? '');
    if (room === undefined || !types.includes(room.t)) throw roomNotFound();
    return room;
  };

  const history =
    (...types: ChatRoom['t'][]): Endpoint =>
    ({ caller, query }) => {
      const room = roomOf(caller, query, types);
      const [oldest, latest] = [query.get('oldest') ?? undefined, query.get('latest') ?? undefined];
      const messages = store.messages({ roomId: room._id, oldest, latest, ...pageOf(query) });
      const wanted =
        query.get('showThreadMessages') === 'false' ? messages.filter(m => m.tmid === undefined) : messages;
      return success({ messages: wanted });
    };

  const messages =
    (...types: ChatRoom['t'][]): Endpoint =>
    ({ caller, query }) => {
      const { _id: roomId } = roomOf(caller, query, types);
      const page = pageOf(query);
      const found = store.messages({ roomId, ...page });
      return success({
        messages: found,
        count: found.length,
        offset: page.offset,
        total: store.countMessages({ roomId }),
      });
    };

  return {
    'GET rooms.info': ({ caller, query }) =>
      success({ room: roomView(store, roomOf(caller, query, ['c', 'p', 'd', 'l'])) }),
    'GET rooms.isMember'({ caller, query }) {
      const room = store.room(query.get('roomId') ?? '');
      if (room === undefined) throw roomNotFound();
      if (!room.memberIds.includes(caller._id)) throw new ChatFailure('error-unauthorized', 'unauthorized', 403);
      const user = store.user(query.get('userId') ?? '') ?? store.userNamed(query.get('username') ?? '');
      return user !== undefined && room.memberIds.includes(user._id)
        ? success({ isMember: true })
        : failure('error-user-not-found');
    },
    'GET channels.history': history('c'),
    'GET channels.messages': messages('c'),
    'GET groups.history': history('p'),
    'GET groups.messages': messages('p'),
    'GET dm.history': history('d'),
    'GET dm.messages': messages('d'),
    'GET users.info'({ query }) {
      const user = store.user(query.get('userId') ?? '') ?? store.userNamed(query.get('username') ?? '');
      if (user === undefined) return failure('User not found.');
      const { _id, username, name, roles } = user;
      const type = roles.includes('bot') ? 'bot' : 'user';
      return success({ user: { _id, username, name, type, roles, active: true, status: 'online' } });
    },
  };
}

const roomNotFound = (): ChatFailure =>
  new ChatFailure(
    'error-room-not-found',
    'The required "roomId" or "roomName" param provided does not match any channel',
  );

function roomView(store: ChatStore, { memberIds, ...room }: ChatRoom): Record<string, unknown> {
  const [lastMessage] = store.messages({ roomId: room._id, offset: 0, count: 1 });
  return {
    ...room,
    usersCount: memberIds.length,
    msgs: store.countMessages({ roomId: room._id }),
    ...(room.t === 'd' ? { uids: memberIds } : {}),
    ...(lastMessage === undefined ? {} : { lastMessage, lm: lastMessage.ts }),
  };
}
