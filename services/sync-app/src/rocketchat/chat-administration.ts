import { exchangeJson } from '@innkeeper/shared/adapters/http/exchange-json';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import { chatErrorOf } from '@innkeeper/shared/adapters/rocketchat/rocketchat-errors';
import type { Secret } from '@innkeeper/shared/config/secret';
import type { ChatError } from '@innkeeper/shared/ports/team-chat';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import {
  BOT_ROLE,
  type BotPermission,
  type IntegrationSettings,
  type KnownChat,
  type KnownIntegration,
} from './plan-chat.ts';

/** What an administrator of Rocket.Chat can see and change. Nothing is retried; no error holds a text or a secret. */
export interface ChatAdministration {
  read(botUsername: string): Promise<Result<KnownChat, ChatError>>;
  createBot(bot: NewBot): Promise<Result<void, ChatError>>;
  giveRole(username: string): Promise<Result<void, ChatError>>;
  /** Sets which roles have it. */
  setPermission(permission: BotPermission, roles: readonly string[]): Promise<Result<void, ChatError>>;
  /** Without `id` a new one is made. */
  putIntegration(settings: IntegrationSettings, token: Secret, id?: string): Promise<Result<void, ChatError>>;
}

export interface NewBot {
  readonly username: string;
  readonly email: string;
  readonly password: Secret;
}

const TIMEOUT_MS = 15_000; // an administrator waits; creating a user hashes a password
// All permissions of a large server are about 100 kB, integrations with scripts more.
const REPLY_BYTES_MAX = 4 * 1024 * 1024;
const PAGE = 100;

const Anything = z.object({ success: z.literal(true) });
const UserReply = z.object({
  user: z.object({ _id: z.string(), roles: z.array(z.string()).default([]), active: z.boolean().default(true) }),
});
const PermissionsReply = z.object({ update: z.array(z.object({ _id: z.string(), roles: z.array(z.string()) })) });
const Integration = z
  .object({
    _id: z.string(),
    type: z.string(),
    event: z.string().optional(),
    name: z.string().default(''),
    enabled: z.boolean(),
    username: z.string().default(''),
    urls: z.array(z.string()).default([]),
    channel: z.array(z.string()).default([]),
    triggerWords: z.array(z.string()).nullish(),
    token: z.string().default(''),
    scriptEnabled: z.boolean().default(false),
    runOnEdits: z.boolean().default(true),
    retryFailedCalls: z.boolean().default(false),
    retryCount: z.number().default(0),
    retryDelay: z.string().default(''),
  })
  .transform(({ _id: id, channel: channels, triggerWords, ...rest }) => ({
    ...rest,
    id,
    channels,
    triggerWords: triggerWords ?? [],
  }));
const IntegrationsReply = z.object({ integrations: z.array(Integration), total: z.number() });

export interface AdministrationOptions {
  readonly fetch: Fetch;
  /** Without `/api/v1`. */
  readonly url: string;
  readonly userId: string;
  readonly authToken: Secret;
}

type Request =
  | { readonly query: Readonly<Record<string, string>> }
  | { readonly method: 'POST' | 'PUT'; readonly body: object };

export function chatAdministration({ fetch, url, userId, authToken }: AdministrationOptions): ChatAdministration {
  async function call<T>(endpoint: string, schema: z.ZodType<T>, request: Request): Promise<Result<T, ChatError>> {
    const query = 'query' in request ? `?${new URLSearchParams(request.query).toString()}` : '';
    const reply = await exchangeJson({
      fetch,
      url: `${url}/api/v1/${endpoint}${query}`,
      method: 'query' in request ? 'GET' : request.method,
      headers: { 'x-user-id': userId, 'x-auth-token': authToken.reveal() },
      ...('body' in request ? { body: request.body } : {}),
      timeoutMs: TIMEOUT_MS,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (!reply.ok) return err({ kind: 'unavailable', detail: `${endpoint}: ${reply.error.kind}` });
    const { status, json } = reply.value;
    if (status !== 200) return err(chatErrorOf(endpoint, status, json));
    const parsed = schema.safeParse(json);
    return parsed.success
      ? ok(parsed.data)
      : err({ kind: 'unavailable', detail: `${endpoint} answered outside its format` });
  }

  const change = async (endpoint: string, method: 'POST' | 'PUT', body: object): Promise<Result<void, ChatError>> => {
    const done = await call(endpoint, Anything, { method, body });
    return done.ok ? ok(undefined) : done;
  };

  /** A user who is not there is refused without a code. */
  async function readBot(username: string): Promise<Result<KnownChat['bot'], ChatError>> {
    const reply = await call('users.info', UserReply, { query: { username } });
    if (reply.ok)
      return ok({ id: reply.value.user._id, roles: reply.value.user.roles, active: reply.value.user.active });
    const isAbsent = reply.error.kind === 'not_found' || 'unexplained' in reply.error;
    return isAbsent ? ok(undefined) : reply;
  }

  async function readIntegrations(): Promise<Result<KnownIntegration[], ChatError>> {
    const found: KnownIntegration[] = [];
    for (let offset = 0; ; offset += PAGE) {
      const query = { count: String(PAGE), offset: String(offset) };
      const reply = await call('integrations.list', IntegrationsReply, { query });
      if (!reply.ok) return reply;
      const { integrations, total } = reply.value;
      found.push(...integrations.filter(({ type, event }) => type === 'webhook-outgoing' && event === 'sendMessage'));
      if (integrations.length === 0 || offset + integrations.length >= total) return ok(found);
    }
  }

  return {
    async read(botUsername) {
      // First what only an administrator may see, so that a lack of rights is not taken for a bot who is not there.
      const permissions = await call('permissions.listAll', PermissionsReply, { query: {} });
      if (!permissions.ok) return permissions;
      const integrations = await readIntegrations();
      if (!integrations.ok) return integrations;
      const bot = await readBot(botUsername);
      if (!bot.ok) return bot;
      const rolesOf = new Map(permissions.value.update.map(({ _id: permission, roles }) => [permission, roles]));
      return ok({ bot: bot.value, rolesOf, integrations: integrations.value });
    },
    createBot: ({ username, email, password }) =>
      change('users.create', 'POST', {
        username,
        name: 'Innkeeper',
        email,
        password: password.reveal(),
        roles: [BOT_ROLE],
        // With a verified address Rocket.Chat mails a code at each sign-in, and nobody reads the bot's mail.
        verified: false,
        requirePasswordChange: false,
        joinDefaultChannels: false,
        sendWelcomeEmail: false,
      }),
    giveRole: username => change('roles.addUserToRole', 'POST', { roleId: BOT_ROLE, username }),
    setPermission: (permission, roles) =>
      change('permissions.update', 'POST', { permissions: [{ _id: permission, roles }] }),
    putIntegration(settings, token, id) {
      const { channels, ...rest } = settings;
      const body = {
        ...rest,
        type: 'webhook-outgoing',
        event: 'sendMessage',
        channel: channels.join(','),
        token: token.reveal(),
      };
      return id === undefined
        ? change('integrations.create', 'POST', body)
        : change('integrations.update', 'PUT', { ...body, integrationId: id });
    },
  };
}
