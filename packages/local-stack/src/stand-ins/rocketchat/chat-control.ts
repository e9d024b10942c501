import * as z from 'zod';
import { parseJson, type StandInReply, type StandInRequest } from '../stand-in-server.ts';
import { ChatFailure, failureOf } from './chat-replies.ts';
import { ChatRoom, ChatUser } from './chat-shapes.ts';
import type { ChatStore } from './chat-store.ts';
import type { ChatWrites } from './chat-writes.ts';
import { OutgoingIntegration } from './outgoing-body.ts';
import type { OutgoingWebhook } from './outgoing-webhook.ts';

/**
 * What people do in Rocket.Chat's own pages: create users and rooms, write and edit messages, set up the integration.
 * Messages take the same write path as the API's.
 */
export interface RateLimitSwitch {
  /** Off at first, as on a server in development mode. */
  enabled: boolean;
  /** The stock role `bot` carries api-bypass-rate-limit. */
  exemptBots: boolean;
}

const Said = z.strictObject({
  userId: z.string(),
  roomId: z.string(),
  text: z.string(),
  messageId: z.string().optional(),
  threadId: z.string().optional(),
  ts: z.iso.datetime().optional(),
});
const Edited = z.strictObject({ userId: z.string(), messageId: z.string(), text: z.string() });
const RateLimit = z.strictObject({ enabled: z.boolean(), exemptBots: z.boolean().default(true) });

export interface ChatControlOptions {
  readonly store: ChatStore;
  readonly writes: ChatWrites;
  readonly webhook: OutgoingWebhook;
  readonly rateLimit: RateLimitSwitch;
}

export function chatControl({ store, writes, webhook, rateLimit }: ChatControlOptions) {
  const handle = (request: StandInRequest): StandInReply => {
    const json = parseJson(request.body);
    const [, , kind = '', id = ''] = request.url.pathname.split('/');
    const userOf = (userId: string): ChatUser => {
      const user = store.user(userId);
      if (user === undefined) throw new ChatFailure('error-invalid-user', 'Invalid user');
      return user;
    };
    switch (`${request.method} ${kind}`) {
      case 'PUT users':
        store.putUser(ChatUser.parse({ name: id, roles: ['user'], ...objectOf(json), _id: decodeURIComponent(id) }));
        return done;
      case 'PUT rooms':
        store.putRoom(ChatRoom.parse({ memberIds: [], ...objectOf(json), _id: decodeURIComponent(id) }));
        return done;
      case 'POST messages': {
        const { userId, messageId, ...said } = Said.parse(json);
        return { status: 200, body: { message: writes.insert(userOf(userId), { ...said, id: messageId }) ?? null } };
      }
      case 'POST edits': {
        const { userId, messageId, text } = Edited.parse(json);
        const message = store.message(messageId);
        if (message === undefined) throw new ChatFailure('error-message-not-found', 'No such message');
        return { status: 200, body: { message: writes.edit(userOf(userId), message, text) } };
      }
      case 'PUT webhook':
        store.putIntegration(OutgoingIntegration.parse(json));
        return done;
      case 'GET webhook':
        return {
          status: 200,
          body: { enabled: store.integration()?.enabled ?? false, inFlight: webhook.inFlight() },
        };
      case 'POST rate-limit':
        Object.assign(rateLimit, RateLimit.parse(json));
        return done;
      default:
        return { status: 404, body: { error: 'no such control' } };
    }
  };

  return (request: StandInRequest): StandInReply => {
    try {
      return handle(request);
    } catch (error) {
      if (error instanceof ChatFailure) return failureOf(error);
      if (error instanceof z.ZodError) return { status: 400, body: { error: z.prettifyError(error) } };
      throw error;
    }
  };
}

const done: StandInReply = { status: 200, body: { ok: true } };

const objectOf = (json: unknown): object => (typeof json === 'object' && json !== null ? json : {});
