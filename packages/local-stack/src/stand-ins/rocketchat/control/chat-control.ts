import * as z from 'zod';
import { parseJson, type StandInReply, type StandInRequest } from '../../stand-in-server.ts';
import type { ActionContext } from '../actions/action-context.ts';
import type { MessageActions } from '../actions/message-actions.ts';
import type { RoomLifecycle } from '../actions/room-lifecycle.ts';
import type { RoomMembership } from '../actions/room-membership.ts';
import type { UserAccounts } from '../actions/user-accounts.ts';
import type { RateLimitSwitch } from '../rest/answer-rest.ts';
import { ChatFailure, failureOf } from '../rest/chat-replies.ts';
import type { UserDocument } from '../store/documents.ts';
import type { IntegrationStore } from '../webhook/integration-store.ts';
import { OutgoingIntegration } from '../webhook/outgoing-body.ts';
import type { OutgoingWebhook } from '../webhook/outgoing-webhook.ts';
import { personActions } from './person-actions.ts';
import { ensureRoom, RoomSetUp, setUpRoom } from './set-up.ts';

/**
 * What people and administrators do in Rocket.Chat's own pages: accounts, rooms, settings, the integration, and under
 * `as/<user id>/` whatever a person does. Messages take the same write path as the API's.
 */
export interface ChatControlOptions {
  readonly context: ActionContext;
  readonly messages: MessageActions;
  readonly membership: RoomMembership;
  readonly lifecycle: RoomLifecycle;
  readonly accounts: UserAccounts;
  readonly integrations: IntegrationStore;
  readonly webhook: OutgoingWebhook;
  readonly rateLimit: RateLimitSwitch;
}

const User = z.object({
  username: z.string().min(1),
  name: z.string().optional(),
  roles: z.array(z.string()).default(['user']),
  authToken: z.string().optional(),
  password: z.string().optional(),
});
const Said = z.strictObject({
  userId: z.string(),
  roomId: z.string(),
  text: z.string(),
  messageId: z.string().optional(),
  threadId: z.string().optional(),
  ts: z.iso.datetime().optional(),
});
const Edited = z.strictObject({ userId: z.string(), messageId: z.string(), text: z.string() });
const Setting = z.strictObject({ value: z.boolean() });
const SettingName = z.enum(['Message_KeepHistory', 'Message_ShowDeletedStatus']);
const RateLimit = z.strictObject({ enabled: z.boolean(), exemptBots: z.boolean().default(true) });

export function chatControl(options: ChatControlOptions) {
  const { context, messages, membership, accounts, integrations, webhook, rateLimit } = options;
  const { reads, database, now } = context;
  const actions = personActions({ ...options, reads });

  const activeUser = async (userId: string): Promise<UserDocument> => {
    const user = await reads.user(userId);
    if (user?.active !== true) throw new ChatFailure('error-invalid-user', 'Invalid user');
    return user;
  };

  const handle = async (request: StandInRequest): Promise<StandInReply> => {
    const json = parseJson(request.body);
    const [, , kind = '', id = '', action = ''] = request.url.pathname.split('/').map(decodeURIComponent);
    switch (`${request.method} ${kind}`) {
      case 'PUT users': {
        const user = User.parse(json);
        await accounts.put({ ...user, id, name: user.name ?? user.username });
        return done;
      }
      case 'PUT rooms':
        await setUpRoom(context, membership, id, RoomSetUp.parse(json));
        return done;
      case 'POST messages': {
        const { userId, messageId, ts, ...said } = Said.parse(json);
        const author = await activeUser(userId);
        await ensureRoom(context, membership)(author, said.roomId);
        const draft = { ...said, id: messageId, ts: ts === undefined ? undefined : new Date(ts) };
        return { status: 200, body: { message: (await messages.send(author, draft)) ?? null } };
      }
      case 'POST edits': {
        const { userId, messageId, text } = Edited.parse(json);
        const message = await reads.message(messageId);
        if (message === undefined) throw new ChatFailure('error-message-not-found', 'No such message');
        return { status: 200, body: { message: await messages.edit(await activeUser(userId), message, text) } };
      }
      case 'POST as': {
        const act = actions.get(action);
        if (act === undefined) return noSuchControl;
        return { status: 200, body: { ok: true, ...(await act(await activeUser(id), json)) } };
      }
      case 'PUT settings': {
        const changes = { ...Setting.parse(json), type: 'boolean', _updatedAt: now() };
        await database.settings.updateOne({ _id: SettingName.parse(id) }, { $set: changes }, { upsert: true });
        return done;
      }
      case 'PUT webhook':
        await integrations.put(OutgoingIntegration.parse(json));
        return done;
      case 'GET webhook': {
        const enabled = (await integrations.outgoing())?.enabled ?? false;
        return { status: 200, body: { enabled, inFlight: webhook.inFlight() } };
      }
      case 'POST rate-limit':
        Object.assign(rateLimit, RateLimit.parse(json));
        return done;
      default:
        return noSuchControl;
    }
  };

  return async (request: StandInRequest): Promise<StandInReply> => {
    try {
      return await handle(request);
    } catch (error) {
      if (error instanceof ChatFailure) return failureOf(error);
      if (error instanceof z.ZodError) return { status: 400, body: { error: z.prettifyError(error) } };
      throw error;
    }
  };
}

const done: StandInReply = { status: 200, body: { ok: true } };
const noSuchControl: StandInReply = { status: 404, body: { error: 'no such control' } };
