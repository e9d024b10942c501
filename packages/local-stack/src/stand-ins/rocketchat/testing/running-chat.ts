import { type MongoStandIn, startMongo } from '../../mongodb/start-mongo.ts';
import { type RocketChatOptions, type RunningRocketChat, startRocketChat } from '../start-rocketchat.ts';

/** A Rocket.Chat stand-in on a MongoDB of its own, with a bot and a person, for tests. */
export interface RunningChat {
  readonly mongo: MongoStandIn;
  url(): string;
  setTime(instant: string): void;
  passTime(milliseconds: number): void;
  restart(): Promise<void>;
  /** `/_control/…`, as JSON. */
  control(method: string, name: string, body?: unknown): Promise<Answer>;
  /** What a person does in the pages; fails when it is refused. */
  act(userId: string, action: string, body: object): Promise<Record<string, unknown>>;
  /** `/api/v1/…`: GET without a body. */
  api(name: string, options?: { query?: Record<string, string>; body?: unknown; as?: Caller }): Promise<Answer>;
  close(): Promise<void>;
}

export interface Caller {
  readonly userId: string;
  readonly authToken: string;
}

export interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

export const BOT = { userId: 'botUserId00000001', username: 'innkeeper', authToken: 'bot-token' };
export const FRIDA = { userId: 'personUserId00001', authToken: 'person-token' };

export async function runChat(
  webhook?: RocketChatOptions['webhook'],
  administrator?: RocketChatOptions['administrator'],
): Promise<RunningChat> {
  const mongo = await startMongo();
  let clockMs = Date.parse('2026-11-21T08:12:45.388Z');
  const options = { port: 0, mongodbUri: mongo.uri, bot: BOT, now: () => clockMs, webhook, administrator };
  const start = () => startRocketChat(options);
  let chat: RunningRocketChat = await start();

  const request = async (path: string, init: RequestInit): Promise<Answer> => {
    const reply = await fetch(`${chat.url}${path}`, init);
    return { status: reply.status, json: (await reply.json()) as Record<string, unknown> };
  };
  const running: RunningChat = {
    mongo,
    url: () => chat.url,
    setTime(instant) {
      clockMs = Date.parse(instant);
    },
    passTime(milliseconds) {
      clockMs += milliseconds;
    },
    async restart() {
      await chat.close();
      chat = await start();
    },
    control: (method, name, body) =>
      request(`/_control/${name}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
    async act(userId, action, body) {
      const { status, json } = await running.control('POST', `as/${userId}/${action}`, body);
      if (status !== 200) throw new Error(`${action} was refused: ${JSON.stringify(json)}`);
      return json;
    },
    api(name, { query = {}, body, as = FRIDA } = {}) {
      return request(`/api/v1/${name}?${new URLSearchParams(query).toString()}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'x-user-id': as.userId, 'x-auth-token': as.authToken },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
    async close() {
      await chat.close();
      await mongo.close();
    },
  };
  await running.control('PUT', `users/${FRIDA.userId}`, {
    username: 'frida',
    name: 'Frida',
    authToken: FRIDA.authToken,
  });
  return running;
}
