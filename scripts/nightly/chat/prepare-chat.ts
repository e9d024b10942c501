import { createHash } from 'node:crypto';
import { exchangeJson } from '@innkeeper/shared/adapters/http/exchange-json';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';

export interface NewServer {
  readonly fetch: Fetch;
  /** Without `/api/v1`. */
  readonly url: string;
  /** Made by the server at its first start. */
  readonly administrator: Account;
  /** To be made. */
  readonly bot: Account;
}

export interface Account {
  readonly username: string;
  readonly password: Secret;
}

/** Who calls. */
export interface Caller {
  readonly userId: string;
  readonly authToken: Secret;
}

export interface PreparedChat {
  readonly administrator: Caller;
  /** With a personal access token, which does not run out. */
  readonly bot: Caller;
}

/** No text and no secret of Rocket.Chat's. */
export interface ChatRefusal {
  readonly endpoint: string;
  readonly detail: string;
}

const CREATE_TOKENS = 'create-personal-access-tokens';
const BOT_ROLE = 'bot';
const TIMEOUT_MS = 30_000; // the first calls of a server that has just started
const REPLY_BYTES_MAX = 4 * 1024 * 1024; // all permissions

const LoggedIn = z.object({ data: z.object({ userId: z.string(), authToken: z.string() }) });
const PermissionsReply = z.object({ update: z.array(z.object({ _id: z.string(), roles: z.array(z.string()) })) });
const TokenReply = z.object({ token: z.string() });
const Done = z.object({ success: z.literal(true) });

/** Makes a bot with a token on a server that has nobody but its administrator. Nothing is retried. I/O: Rocket.Chat. */
export async function prepareChat({ fetch, url, ...accounts }: NewServer): Promise<Result<PreparedChat, ChatRefusal>> {
  async function call<T>(
    endpoint: string,
    schema: z.ZodType<T>,
    headers: Readonly<Record<string, string>>,
    body?: object,
  ): Promise<Result<T, ChatRefusal>> {
    const reply = await exchangeJson({
      fetch,
      url: `${url}/api/v1/${endpoint}`,
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
      timeoutMs: TIMEOUT_MS,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (!reply.ok) return err({ endpoint, detail: reply.error.kind });
    const parsed = schema.safeParse(reply.value.json);
    if (reply.value.status === 200 && parsed.success) return ok(parsed.data);
    return err({ endpoint, detail: `answered ${reply.value.status}` });
  }

  const logIn = async ({ username, password }: Account): Promise<Result<Caller, ChatRefusal>> => {
    const reply = await call('login', LoggedIn, {}, { user: username, password: password.reveal() });
    if (!reply.ok) return reply;
    return ok({ userId: reply.value.data.userId, authToken: new Secret(reply.value.data.authToken) });
  };

  const administrator = await logIn(accounts.administrator);
  if (!administrator.ok) return administrator;
  const asAdministrator = headersOf(administrator.value, accounts.administrator);
  const permissions = await call('permissions.listAll', PermissionsReply, asAdministrator);
  if (!permissions.ok) return permissions;
  const roles = permissions.value.update.find(({ _id }) => _id === CREATE_TOKENS)?.roles ?? [];
  if (!roles.includes(BOT_ROLE)) {
    const changed = { permissions: [{ _id: CREATE_TOKENS, roles: [...roles, BOT_ROLE] }] };
    const updated = await call('permissions.update', Done, asAdministrator, changed);
    if (!updated.ok) return updated;
  }
  const created = await call('users.create', Done, asAdministrator, newBot(accounts.bot));
  if (!created.ok) return created;

  const bot = await logIn(accounts.bot);
  if (!bot.ok) return bot;
  const order = { tokenName: 'contracts', bypassTwoFactor: true };
  const made = await call('users.generatePersonalAccessToken', TokenReply, headersOf(bot.value, accounts.bot), order);
  if (!made.ok) return made;
  const authToken = new Secret(made.value.token);
  return ok({ administrator: administrator.value, bot: { userId: bot.value.userId, authToken } });
}

/** Rocket.Chat may ask for the password once more where a token is made: as a second factor, hashed. */
const headersOf = ({ userId, authToken }: Caller, { password }: Account): Record<string, string> => ({
  'x-user-id': userId,
  'x-auth-token': authToken.reveal(),
  'x-2fa-method': 'password',
  'x-2fa-code': createHash('sha256').update(password.reveal()).digest('hex'),
});

const newBot = ({ username, password }: Account): object => ({
  username,
  name: 'Contracts',
  email: `${username}@example.com`,
  password: password.reveal(),
  roles: [BOT_ROLE],
  verified: true,
  requirePasswordChange: false,
  joinDefaultChannels: false,
  sendWelcomeEmail: false,
});
