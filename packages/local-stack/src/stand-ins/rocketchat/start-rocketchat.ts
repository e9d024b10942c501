import { randomBytes } from 'node:crypto';
import specification from '../../../specs/rocketchat.json' with { type: 'json' };
import { requestRate } from '../request-rate.ts';
import { requestShapes } from '../request-shapes.ts';
import { parseJson, type StandInReply, type StandInRequest, startStandIn } from '../stand-in-server.ts';
import { chatControl, type RateLimitSwitch } from './chat-control.ts';
import { chatEndpoints } from './chat-endpoints.ts';
import { chatPage } from './chat-page.ts';
import { ChatFailure, failureOf, invalidParameters, noSuchEndpoint, notLoggedIn } from './chat-replies.ts';
import type { ChatUser } from './chat-shapes.ts';
import { openChatStore } from './chat-store.ts';
import { chatWrites } from './chat-writes.ts';
import { OutgoingIntegration } from './outgoing-body.ts';
import { outgoingWebhook } from './outgoing-webhook.ts';
import { roomEndpoints } from './room-endpoints.ts';

/**
 * Rocket.Chat's REST API and its outgoing webhook, for the endpoints a bot and its tests need. Users, rooms and messages
 * are durable; pending webhook retries are not, as on the real server.
 */
export interface RocketChatOptions {
  readonly port: number;
  readonly stateDirectory: string;
  readonly bot: { readonly userId: string; readonly username: string; readonly authToken: string };
  /** Where messages are sent to and the token in the body; none until somebody sets it up. */
  readonly webhook?: { readonly url: string; readonly token: string } | undefined;
  readonly now?: () => number;
}

export interface RunningRocketChat {
  readonly url: string;
  close(): Promise<void>;
}

const RATE = { name: 'endpoint', limit: 10, windowMs: 60_000 }; // the server's defaults
const IDS_AND_LETTERS = '23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz'; // Meteor's unmistakable characters

export async function startRocketChat(options: RocketChatOptions): Promise<RunningRocketChat> {
  const now = options.now ?? Date.now;
  const store = openChatStore(options.stateDirectory);
  const shapes = requestShapes(specification);
  const rateLimit: RateLimitSwitch = { enabled: false, exemptBots: true };
  const rates = new Map<string, ReturnType<typeof requestRate>>();
  const { bot } = options;
  store.putUser({
    _id: bot.userId,
    username: bot.username,
    name: bot.username,
    roles: ['bot'],
    authToken: bot.authToken,
  });
  if (options.webhook !== undefined) store.putIntegration(OutgoingIntegration.parse(options.webhook));

  const webhook = outgoingWebhook({
    siteUrl: 'https://chat.example.com',
    integration: () => store.integration(),
    disable: integration => store.putIntegration({ ...integration, enabled: false }),
    postResponse(integration, response, message) {
      const author = store.userNamed(integration.postAs) ?? serverUser(integration.postAs);
      const draft = { roomId: message.rid, text: response.text, threadId: response.tmid, alias: response.alias };
      writes.insert(author, { ...draft, bot: { i: integration.id } });
    },
  });
  const writes = chatWrites({ store, now, newId, afterSave: (message, room) => webhook.fire(message, room) });
  const endpoints = { ...chatEndpoints(store, writes, now), ...roomEndpoints(store) };
  const control = chatControl({ store, writes, webhook, rateLimit });

  const callApi = (request: StandInRequest): StandInReply => {
    // `im` and `dm` are two names of the same endpoints.
    const name = request.url.pathname.replace('/api/v1/', '').replace(/^im\./u, 'dm.');
    const endpoint = endpoints[`${request.method} ${name}`];
    if (endpoint === undefined) return noSuchEndpoint;
    const caller = store.user(request.headers['x-user-id'] ?? '');
    if (caller?.authToken === undefined || caller.authToken !== request.headers['x-auth-token']) return notLoggedIn;
    const refusal = limitRate(`${request.method} ${name}`, caller);
    if (refusal !== undefined) return refusal;
    const body = request.method === 'POST' ? (parseJson(request.body) ?? {}) : undefined;
    const problem = shapes.check(`${request.method} /api/v1/${name}`, { query: request.url.searchParams, body });
    if (problem !== undefined) return invalidParameters(`${problem.at} ${problem.message}`.trim());
    return endpoint({ caller, query: request.url.searchParams, body });
  };

  const limitRate = (endpoint: string, caller: ChatUser): StandInReply | undefined => {
    if (!rateLimit.enabled || (rateLimit.exemptBots && caller.roles.includes('bot'))) return undefined;
    const rate = rates.get(endpoint) ?? requestRate([RATE], now);
    rates.set(endpoint, rate);
    const { exceeded } = rate.take();
    if (exceeded === undefined) return undefined;
    const seconds = Math.ceil(exceeded.resetMs / 1000);
    const sentence = `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again.`;
    return failureOf(new ChatFailure('error-too-many-requests', sentence, 429));
  };

  const answer = (request: StandInRequest): StandInReply => {
    if (request.url.pathname.startsWith('/_control/')) return control(request);
    if (request.method === 'GET' && request.url.pathname === '/') return { status: 200, body: chatPage(store) };
    try {
      return callApi(request);
    } catch (error) {
      if (error instanceof ChatFailure) return failureOf(error);
      throw error;
    }
  };

  const server = await startStandIn({ name: 'rocketchat', port: options.port, answer });
  return {
    url: server.url,
    async close() {
      webhook.close();
      await server.close();
      store.close();
    },
  };
}

/** The server's own user, which has no row of its own until somebody makes one. */
const serverUser = (username: string): ChatUser => ({ _id: username, username, name: username, roles: ['bot'] });

/** 17 characters, as Rocket.Chat's own ids have. */
function newId(): string {
  return [...randomBytes(17)].map(byte => IDS_AND_LETTERS[byte % IDS_AND_LETTERS.length]).join('');
}
