import { randomBytes } from 'node:crypto';
import { MongoError } from 'mongodb';
import { type StandInReply, type StandInRequest, startStandIn } from '../stand-in-server.ts';
import type { ActionContext } from './actions/action-context.ts';
import { messageActions } from './actions/message-actions.ts';
import { roomLifecycle } from './actions/room-lifecycle.ts';
import { roomMembership } from './actions/room-membership.ts';
import { userAccounts } from './actions/user-accounts.ts';
import { chatControl } from './control/chat-control.ts';
import { ensureRoom } from './control/set-up.ts';
import { answerPage } from './page/answer-page.ts';
import { liveUpdates } from './page/live-updates.ts';
import { pageViews } from './page/page-views.ts';
import { accountEndpoints } from './rest/account-endpoints.ts';
import { administrationEndpoints } from './rest/administration-endpoints.ts';
import { answerRest, type RateLimitSwitch } from './rest/answer-rest.ts';
import { chatEndpoints } from './rest/chat-endpoints.ts';
import { createPermissions } from './rest/permissions.ts';
import { roomEndpoints } from './rest/room-endpoints.ts';
import { roomLifeEndpoints } from './rest/room-life-endpoints.ts';
import { openChatDatabase } from './store/chat-database.ts';
import { chatReads } from './store/chat-reads.ts';
import type { UserDocument } from './store/documents.ts';
import { integrationStore } from './webhook/integration-store.ts';
import { OutgoingIntegration } from './webhook/outgoing-body.ts';
import { outgoingWebhook } from './webhook/outgoing-webhook.ts';

/**
 * Rocket.Chat's REST API, its outgoing webhook, and a page for people, over MongoDB documents like the real server's.
 * All state is in MongoDB; only pending webhook retries are in memory, as on the real server.
 */
export interface RocketChatOptions {
  readonly port: number;
  /** Of a replica set, with the database in its path. */
  readonly mongodbUri: string;
  readonly bot: { readonly userId: string; readonly username: string; readonly authToken: string };
  /** Somebody who can log in and set things up. */
  readonly administrator?: { readonly username: string; readonly password: string } | undefined;
  /** Where messages are sent to and the token in the body; none until somebody sets it up. */
  readonly webhook?: { readonly url: string; readonly token: string } | undefined;
  readonly now?: () => number;
}

export interface RunningRocketChat {
  readonly url: string;
  close(): Promise<void>;
}

const IDS_AND_LETTERS = '23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz'; // Meteor's unmistakable characters

export async function startRocketChat(options: RocketChatOptions): Promise<RunningRocketChat> {
  const clock = options.now ?? Date.now;
  const now = (): Date => new Date(clock());
  const database = await openChatDatabase(options.mongodbUri);
  const reads = chatReads(database);
  const integrations = integrationStore(database, now);

  const webhook = outgoingWebhook({
    siteUrl: 'https://chat.example.com',
    integration: () => integrations.outgoing(),
    disable: integration => integrations.put({ ...integration, enabled: false }),
    async postResponse(integration, response, message) {
      const author = (await reads.userNamed(integration.postAs)) ?? serverUser(integration.postAs);
      const draft = { roomId: message.rid, text: response.text, threadId: response.tmid, alias: response.alias };
      await messages.send(author, { ...draft, bot: { i: integration.id } });
    },
  });
  const context: ActionContext = {
    database,
    reads,
    now,
    newId,
    afterSave: (message, room) => webhook.fire(message, room),
  };
  const membership = roomMembership(context);
  const lifecycle = roomLifecycle(context, membership);
  const messages = messageActions(context, membership);
  const accounts = userAccounts(context);
  const rateLimit: RateLimitSwitch = { enabled: false, exemptBots: true };

  const permissions = createPermissions(rateLimit);
  const account = accountEndpoints({ accounts, permissions, newToken: () => randomBytes(32).toString('base64url') });

  const { userId, username, authToken } = options.bot;
  await accounts.put({ id: userId, username, name: username, roles: ['bot'], authToken });
  if (options.administrator !== undefined) {
    const { username: name, password } = options.administrator;
    await accounts.put({ id: `${name}UserId`, username: name, name, roles: ['admin'], password });
  }
  if (options.webhook !== undefined) await integrations.put(OutgoingIntegration.parse(options.webhook));

  const control = chatControl({
    context,
    messages,
    membership,
    lifecycle,
    accounts,
    integrations,
    webhook,
    rateLimit,
  });
  const rest = answerRest({
    endpoints: {
      ...chatEndpoints({ reads, messages, ensureRoom: ensureRoom(context, membership), now }),
      ...roomEndpoints(reads),
      ...roomLifeEndpoints({ reads, lifecycle, accounts }),
      ...administrationEndpoints({ context, accounts, permissions }),
      ...account.endpoints,
    },
    logIn: body => account.logIn(body),
    authenticate: (id, token) => accounts.authenticate(id, token),
    rateLimit,
    now,
  });
  const live = liveUpdates({ database, reads });
  const page = answerPage({ context, membership, accounts, views: pageViews(reads), live, botUserId: userId });

  const answer = async (request: StandInRequest): Promise<StandInReply> => {
    const { pathname, origin } = request.url;
    // A page of some other site must not act here in its visitor's browser.
    if ((request.headers['origin'] ?? origin) !== origin) return { status: 403, body: { error: 'foreign origin' } };
    if (pathname.startsWith('/api/')) return rest(request);
    try {
      return await (pathname.startsWith('/_control/') ? control(request) : page(request));
    } catch (error) {
      if (error instanceof MongoError) return { status: 503, body: { error: `MongoDB: ${error.message}` } };
      throw error;
    }
  };

  const server = await startStandIn({ name: 'rocketchat', port: options.port, answer });
  return {
    url: server.url,
    async close() {
      webhook.close();
      live.close();
      await server.close();
      await database.close();
    },
  };
}

/** The server's own user, which has no account until somebody makes one. */
const serverUser = (username: string): UserDocument => ({
  _id: username,
  username,
  name: username,
  roles: ['bot'],
  active: true,
});

function newId(): string {
  return [...randomBytes(17)].map(byte => IDS_AND_LETTERS[byte % IDS_AND_LETTERS.length]).join('');
}
