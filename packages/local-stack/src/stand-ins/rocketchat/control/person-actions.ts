import * as z from 'zod';
import type { MessageActions } from '../actions/message-actions.ts';
import type { RoomLifecycle } from '../actions/room-lifecycle.ts';
import type { RoomMembership } from '../actions/room-membership.ts';
import type { UserAccounts } from '../actions/user-accounts.ts';
import { ChatFailure } from '../rest/chat-replies.ts';
import type { ChatReads } from '../store/chat-reads.ts';
import type { MessageDocument, RoomDocument, UserDocument } from '../store/documents.ts';

/**
 * What a person does in Rocket.Chat's own pages, by name: `POST /_control/as/<user id>/<action>`. Each takes one JSON
 * object and answers the message or the room it made. @throws ChatFailure, ZodError for a body that does not fit.
 */
export interface PersonActionsOptions {
  readonly reads: ChatReads;
  readonly messages: MessageActions;
  readonly membership: RoomMembership;
  readonly lifecycle: RoomLifecycle;
  readonly accounts: UserAccounts;
}

export interface Acted {
  readonly message?: MessageDocument | undefined;
  readonly room?: RoomDocument;
}
type PersonAction = (by: UserDocument, body: unknown) => Promise<Acted>;

const inRoom = { roomId: z.string() };
const withPerson = { ...inRoom, userId: z.string() };
const onMessage = { messageId: z.string() };
const text = z.string().min(1);
const people = { userIds: z.array(z.string()).default([]) };
const named = {
  name: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}._-]{1,80}$/u, { error: 'letters, digits, dots and dashes only' }),
};

export function personActions(options: PersonActionsOptions): ReadonlyMap<string, PersonAction> {
  const { reads, messages, membership, lifecycle, accounts } = options;
  const message = async (id: string): Promise<MessageDocument> =>
    (await reads.message(id)) ?? fail('error-message-not-found', 'No such message');
  const user = async (id: string): Promise<UserDocument> =>
    (await reads.user(id)) ?? fail('error-invalid-user', 'Invalid user');
  const users = (ids: readonly string[]) => Promise.all(ids.map(user));
  const room = async (by: UserDocument, id: string): Promise<RoomDocument> =>
    (await reads.readableRoom(by, id)) ?? fail('error-invalid-room', 'Invalid room');

  return new Map([
    action('say', { ...inRoom, text, threadId: z.string().optional() }, async (by, draft) => ({
      message: await messages.send(by, draft),
    })),
    action('edit', { ...onMessage, text }, async (by, { messageId, text }) => ({
      message: await messages.edit(by, await message(messageId), text),
    })),
    action('delete', onMessage, async (by, { messageId }) => messages.remove(by, await message(messageId))),
    action('react', { ...onMessage, emoji: text, on: z.boolean().optional() }, async (by, { messageId, emoji, on }) =>
      messages.react(by, await message(messageId), emoji, on),
    ),
    action('pin', { ...onMessage, on: z.boolean() }, async (by, { messageId, on }) =>
      messages.pin(by, await message(messageId), on),
    ),
    action('open-direct', people, async (by, { userIds }) => ({
      room: await lifecycle.direct([by, ...(await users(userIds))]),
    })),
    action('create-room', { ...named, private: z.boolean(), ...people }, async (by, { name, userIds, ...body }) => ({
      room: await lifecycle.create(by, { type: body.private ? 'p' : 'c', name, people: await users(userIds) }),
    })),
    action('discuss', { ...inRoom, ...named, ...people }, async (by, { roomId, name, userIds }) => ({
      room: await lifecycle.discuss(by, await room(by, roomId), name, await users(userIds)),
    })),
    action('create-team', { ...named, private: z.boolean(), ...people }, async (by, { name, userIds, ...body }) => ({
      room: await lifecycle.createTeam(by, name, body.private ? 'private' : 'public', await users(userIds)),
    })),
    action('join', inRoom, async (by, { roomId }) => membership.join(by, await room(by, roomId))),
    action('leave', inRoom, async (by, { roomId }) => membership.leave(by, await room(by, roomId))),
    action('read', inRoom, async (by, { roomId }) => membership.markRead(by, await room(by, roomId))),
    action('add', withPerson, async (by, { roomId, userId }) =>
      membership.add(by, await room(by, roomId), await user(userId)),
    ),
    action('kick', withPerson, async (by, { roomId, userId }) =>
      membership.kick(by, await room(by, roomId), await user(userId)),
    ),
    action('ban', withPerson, async (by, { roomId, userId }) =>
      membership.ban(by, await room(by, roomId), await user(userId)),
    ),
    action(
      'set-role',
      { ...withPerson, role: z.enum(['owner', 'moderator', 'leader']), on: z.boolean() },
      async (by, { roomId, userId, role, on }) =>
        membership.setRole(by, await room(by, roomId), await user(userId), role, on),
    ),
    action('rename', { ...inRoom, ...named }, async (by, { roomId, name }) =>
      lifecycle.rename(by, await room(by, roomId), name),
    ),
    action('set-private', { ...inRoom, private: z.boolean() }, async (by, { roomId, ...body }) =>
      lifecycle.setType(by, await room(by, roomId), body.private ? 'p' : 'c'),
    ),
    action('archive', { ...inRoom, on: z.boolean() }, async (by, { roomId, on }) =>
      lifecycle.archive(by, await room(by, roomId), on),
    ),
    action('erase-room', inRoom, async (by, { roomId }) => lifecycle.erase(await room(by, roomId))),
    action(
      'prune',
      { ...inRoom, oldest: z.iso.datetime(), latest: z.iso.datetime() },
      async (by, { roomId, oldest, latest }) =>
        lifecycle.prune(await room(by, roomId), new Date(oldest), new Date(latest)),
    ),
    action('set-active', { userId: z.string(), on: z.boolean() }, async (_, { userId, on }) =>
      accounts.setActive(await user(userId), on),
    ),
  ]);
}

function action<Shape extends z.ZodRawShape>(
  name: string,
  shape: Shape,
  run: (by: UserDocument, body: z.infer<z.ZodObject<Shape>>) => Promise<Acted | void>,
): [string, PersonAction] {
  const schema = z.object(shape);
  return [name, async (by, body) => (await run(by, schema.parse(body))) ?? {}];
}

function fail(code: string, sentence: string): never {
  throw new ChatFailure(code, sentence);
}
