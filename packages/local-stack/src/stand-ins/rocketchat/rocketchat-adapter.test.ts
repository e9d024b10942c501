import { randomBytes } from 'node:crypto';
import { rocketChatTeamChat } from '@innkeeper/shared/adapters/rocketchat/rocketchat-team-chat';
import { Secret } from '@innkeeper/shared/config/secret';
import { describeTeamChatContract } from '@innkeeper/shared/testing/team-chat-contract';
import { afterAll, beforeAll } from 'vitest';
import * as z from 'zod';
import { REACHED_ROCKETCHAT, type ReachedRocketChat, reachRocketChat } from '../../testing/reach-rocketchat.ts';

const Reacted = z.object({
  message: z.object({ reactions: z.record(z.string(), z.object({ usernames: z.array(z.string()) })).default({}) }),
});

let server: ReachedRocketChat;
let botUsername: string;
beforeAll(async () => {
  server = await reachRocketChat();
  const { user } = z
    .object({ user: z.object({ username: z.string() }) })
    .parse(await server.get('users.info', { userId: server.userId }));
  botUsername = user.username;
});
afterAll(() => server.close());

describeTeamChatContract(`the adapter on ${REACHED_ROCKETCHAT}`, () => ({
  chat: rocketChatTeamChat({
    fetch,
    url: server.url,
    userId: server.userId,
    authToken: new Secret(server.authToken),
  }),
  rooms: { ...server.rooms, absent: 'nowhere' },
  botUserId: server.userId,
  newMessageId: () => randomBytes(9).toString('hex'),
  async reactionsTo(messageId) {
    const { reactions } = Reacted.parse(await server.get('chat.getMessage', { msgId: messageId })).message;
    return Object.keys(reactions).filter(emoji => reactions[emoji]?.usernames.includes(botUsername));
  },
}));
