import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { BOT, runChat } from '../stand-ins/rocketchat/testing/running-chat.ts';

/** A Rocket.Chat for one test file, with rooms of its own that the bot is in. I/O. */
export interface ReachedRocketChat {
  readonly url: string;
  readonly userId: string;
  readonly authToken: string;
  readonly rooms: { readonly public: string; readonly private: string; readonly direct: string };
  /** As the bot. @throws Error where Rocket.Chat refuses. */
  get(endpoint: string, query: Readonly<Record<string, string>>): Promise<unknown>;
  /** Deletes the rooms with all that was said in them. */
  close(): Promise<void>;
}

const address = process.env['ROCKETCHAT_URL'] || undefined;

/** For the titles of tests, which say what they were run on. */
export const REACHED_ROCKETCHAT = address === undefined ? 'the stand-in of Rocket.Chat' : 'Rocket.Chat';

const Channel = z.object({ channel: z.object({ _id: z.string() }) });
const Group = z.object({ group: z.object({ _id: z.string() }) });
const Direct = z.object({ room: z.object({ _id: z.string() }) });
const Anything = z.unknown();
/** On every server from its first start. */
const SOMEBODY = 'rocket.cat';

/**
 * The server that `ROCKETCHAT_URL` names, as the bot of `ROCKETCHAT_USER_ID` and `ROCKETCHAT_AUTH_TOKEN`; a stand-in of
 * our own without it.
 */
export async function reachRocketChat(): Promise<ReachedRocketChat> {
  const server = address === undefined ? await startStandIn() : { ...credentials(address), close: () => undefined };
  const { url, userId, authToken } = server;
  const headers = { 'x-user-id': userId, 'x-auth-token': authToken, 'content-type': 'application/json' };
  const call = async <T>(endpoint: string, schema: z.ZodType<T>, init: RequestInit): Promise<T> => {
    const reply = await fetch(`${url}/api/v1/${endpoint}`, { ...init, headers });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${endpoint} was refused: ${reply.status} ${text}`);
    return schema.parse(JSON.parse(text));
  };
  const post = <T>(endpoint: string, schema: z.ZodType<T>, body: object): Promise<T> =>
    call(endpoint, schema, { method: 'POST', body: JSON.stringify(body) });

  const name = `innkeeper-test-${randomBytes(6).toString('hex')}`;
  const { channel } = await post('channels.create', Channel, { name });
  const { group } = await post('groups.create', Group, { name: `${name}-private` });
  const { room } = await post('dm.create', Direct, { username: SOMEBODY });
  return {
    url,
    userId,
    authToken,
    rooms: { public: channel._id, private: group._id, direct: room._id },
    get: (endpoint, query) => call(`${endpoint}?${new URLSearchParams(query).toString()}`, Anything, { method: 'GET' }),
    async close() {
      await post('channels.delete', Anything, { roomId: channel._id });
      await post('groups.delete', Anything, { roomId: group._id });
      await post('dm.delete', Anything, { roomId: room._id });
      await server.close();
    },
  };
}

/** The same server with nothing prepared, for who sets it up. */
export interface ReachedAdministration {
  readonly url: string;
  readonly userId: string;
  readonly authToken: string;
  close(): Promise<void>;
}

/** As the administrator of `ROCKETCHAT_ADMIN_USER_ID` and `ROCKETCHAT_ADMIN_AUTH_TOKEN`. */
export async function reachAdministration(): Promise<ReachedAdministration> {
  if (address !== undefined) {
    const { ROCKETCHAT_ADMIN_USER_ID: userId, ROCKETCHAT_ADMIN_AUTH_TOKEN: authToken } = process.env;
    if (userId && authToken) return { url: address, userId, authToken, close: () => Promise.resolve() };
    throw new Error('ROCKETCHAT_ADMIN_USER_ID and ROCKETCHAT_ADMIN_AUTH_TOKEN are missing: the administrator there');
  }
  const chat = await runChat();
  const [userId, authToken] = ['adminUserId000001', 'token-of-the-administrator'];
  await chat.control('PUT', `users/${userId}`, { username: 'admin', name: 'Admin', roles: ['admin'], authToken });
  return { url: chat.url(), userId, authToken, close: () => chat.close() };
}

async function startStandIn() {
  const chat = await runChat();
  return { url: chat.url(), userId: BOT.userId, authToken: BOT.authToken, close: () => chat.close() };
}

function credentials(url: string) {
  const { ROCKETCHAT_USER_ID: userId, ROCKETCHAT_AUTH_TOKEN: authToken } = process.env;
  if (userId && authToken) return { url, userId, authToken };
  throw new Error('ROCKETCHAT_USER_ID and ROCKETCHAT_AUTH_TOKEN are missing: they name the bot on the server');
}
