import * as z from 'zod';
import type { RoomLifecycle } from '../actions/room-lifecycle.ts';
import type { UserAccounts } from '../actions/user-accounts.ts';
import type { ChatReads } from '../store/chat-reads.ts';
import type { RoomDocument, UserDocument } from '../store/documents.ts';
import type { Endpoint } from './chat-endpoints.ts';
import { ChatFailure, success } from './chat-replies.ts';

/** Making rooms and deleting one's own. */
export interface RoomLifeOptions {
  readonly reads: ChatReads;
  readonly lifecycle: RoomLifecycle;
  readonly accounts: UserAccounts;
}

const NewRoom = z.object({ name: z.string(), members: z.array(z.string()).default([]) });
const NewDirect = z.object({ username: z.string() });
const RoomId = z.object({ roomId: z.string() });
/** The server's own bot, which every real server has: here it is made when somebody asks for it. */
const CAT = { id: 'rocket.cat', username: 'rocket.cat', name: 'Rocket.Cat', roles: ['bot'] };

export function roomLifeEndpoints({ reads, lifecycle, accounts }: RoomLifeOptions): Record<string, Endpoint> {
  const create =
    (type: 'c' | 'p', field: 'channel' | 'group'): Endpoint =>
    async ({ caller, body }) => {
      const { name, members } = NewRoom.parse(body);
      const people = await reads.usersNamed(members);
      return success({ [field]: await lifecycle.create(caller, { type, name, people }) });
    };

  const erase =
    (type: RoomDocument['t']): Endpoint =>
    async ({ caller, body }) => {
      const { roomId } = RoomId.parse(body);
      const room = await reads.readableRoom(caller, roomId);
      if (room?.t !== type) throw new ChatFailure('error-room-not-found', 'No such room');
      const membership = await reads.membership(roomId, caller._id);
      // Nobody owns a direct room; the stock role `bot` may delete those.
      const mayErase = type === 'd' ? caller.roles.includes('bot') : membership?.roles?.includes('owner') === true;
      if (!mayErase) throw new ChatFailure('error-not-allowed', 'Not allowed');
      await lifecycle.erase(room);
      return success();
    };

  const person = async (username: string): Promise<UserDocument> => {
    const known = await reads.userNamed(username);
    if (known === undefined && username === CAT.username) await accounts.put(CAT);
    const user = known ?? (await reads.userNamed(username));
    if (user === undefined) throw new ChatFailure('error-invalid-user', 'Invalid user');
    return user;
  };

  return {
    'POST channels.create': create('c', 'channel'),
    'POST groups.create': create('p', 'group'),
    async 'POST dm.create'({ caller, body }) {
      const room = await lifecycle.direct([caller, await person(NewDirect.parse(body).username)]);
      return success({ room: { ...room, rid: room._id } });
    },
    'POST channels.delete': erase('c'),
    'POST groups.delete': erase('p'),
    'POST dm.delete': erase('d'),
  };
}
