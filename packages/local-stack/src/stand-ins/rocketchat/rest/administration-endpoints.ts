import * as z from 'zod';
import type { ActionContext } from '../actions/action-context.ts';
import type { UserAccounts } from '../actions/user-accounts.ts';
import type { UserDocument } from '../store/documents.ts';
import { type Endpoint, pageOf } from './chat-endpoints.ts';
import { ChatFailure, success } from './chat-replies.ts';
import type { Permissions } from './permissions.ts';

/** What an administrator sets: users, permissions, outgoing integrations. Everybody else is refused. */
export interface AdministrationOptions {
  readonly context: ActionContext;
  readonly accounts: UserAccounts;
  readonly permissions: Permissions;
}

const CreateUser = z.object({
  username: z.string(),
  name: z.string(),
  password: z.string().optional(),
  roles: z.array(z.string()).default(['user']),
});
const UserId = z.object({ userId: z.string() });
const AddToRole = z.object({ roleId: z.string(), username: z.string() });
const ChangedPermissions = z.object({
  permissions: z.array(z.object({ _id: z.string(), roles: z.array(z.string()) })),
});
const Integration = z.looseObject({
  type: z.literal('webhook-outgoing'),
  event: z.literal('sendMessage'),
  channel: z.string(),
  triggerWords: z.array(z.string()).default([]),
  runOnEdits: z.boolean().default(true),
});
const IntegrationId = z.object({ integrationId: z.string() });

export function administrationEndpoints(options: AdministrationOptions): Record<string, Endpoint> {
  const { context, accounts, permissions } = options;
  const { database, reads, now, newId } = context;
  const forAdministrators =
    (endpoint: Endpoint): Endpoint =>
    call => {
      if (!call.caller.roles.includes('admin')) throw notAllowed();
      return endpoint(call);
    };

  const putIntegration = async (id: string, body: unknown): Promise<Record<string, unknown>> => {
    const { channel, ...rest } = Integration.parse(body);
    const { integrationId: _, ...settings } = rest;
    const lists = { channel: wordsOf(channel) };
    for (const place of lists.channel) await checkPlace(place);
    await database.integrations.updateOne(
      { _id: id },
      { $set: { ...settings, ...lists, _updatedAt: now() } },
      { upsert: true },
    );
    return { _id: id, ...settings, ...lists };
  };

  const endpoints: Record<string, Endpoint> = {
    async 'POST users.create'({ body }) {
      const { username, name, roles, password } = CreateUser.parse(body);
      if ((await reads.userNamed(username)) !== undefined) {
        throw new ChatFailure('error-field-unavailable', `${username} is already in use :(`);
      }
      const id = newId();
      await accounts.put({ id, username, name, roles, password });
      return success({ user: { _id: id, username, name, roles, active: true, type: 'user' } });
    },
    async 'POST users.delete'({ body }) {
      const { deletedCount } = await database.users.deleteOne({ _id: UserId.parse(body).userId });
      if (deletedCount === 0) throw new ChatFailure('error-invalid-user', 'Invalid user');
      return success();
    },
    async 'POST roles.addUserToRole'({ body }) {
      const { roleId, username } = AddToRole.parse(body);
      const user = await reads.userNamed(username);
      if (user === undefined) throw new ChatFailure('error-invalid-user', 'Invalid user');
      await giveRole(user, roleId);
      return success({ role: { _id: roleId, name: roleId, scope: 'Users' } });
    },
    'GET permissions.listAll': () => Promise.resolve(success({ update: permissions.all(), remove: [] })),
    'POST permissions.update'({ body }) {
      for (const { _id, roles } of ChangedPermissions.parse(body).permissions) {
        if (!permissions.set(_id, roles)) {
          throw new ChatFailure('invalid-params', 'A permission this server does not know');
        }
      }
      return Promise.resolve(success({ permissions: permissions.all() }));
    },
    async 'GET integrations.list'({ query }) {
      const { offset, count } = pageOf(query);
      const all = await database.integrations.find().sort({ _id: 1 }).toArray();
      const integrations = all.slice(offset, count === undefined ? undefined : offset + count);
      return success({ integrations, offset, items: integrations.length, total: all.length });
    },
    'POST integrations.create': async ({ body }) => success({ integration: await putIntegration(newId(), body) }),
    async 'POST integrations.remove'({ body }) {
      const { integrationId } = IntegrationId.parse(body);
      const { deletedCount } = await database.integrations.deleteOne({ _id: integrationId });
      if (deletedCount === 0) throw noSuchIntegration();
      return success();
    },
    async 'PUT integrations.update'({ body }) {
      const { integrationId } = IntegrationId.parse(body);
      if ((await database.integrations.findOne({ _id: integrationId })) === null) {
        throw noSuchIntegration();
      }
      return success({ integration: await putIntegration(integrationId, body) });
    },
  };
  return Object.fromEntries(Object.entries(endpoints).map(([name, endpoint]) => [name, forAdministrators(endpoint)]));

  async function checkPlace(place: string): Promise<void> {
    if (SCOPES.has(place)) return;
    const name = place.slice(1);
    if (!place.startsWith('@') && !place.startsWith('#')) {
      throw new ChatFailure('error-invalid-channel-start-with-chars', 'Invalid channel. Start with @ or #');
    }
    const found = place.startsWith('@')
      ? ((await reads.user(name)) ?? (await reads.userNamed(name)))
      : ((await reads.room(name)) ?? (await reads.roomNamed(name)));
    if (found === undefined) throw new ChatFailure('error-invalid-room', 'Invalid room');
  }

  async function giveRole({ _id }: UserDocument, role: string): Promise<void> {
    await database.users.updateOne({ _id }, { $addToSet: { roles: role }, $set: { _updatedAt: now() } });
  }
}

const SCOPES: ReadonlySet<string> = new Set(['all_public_channels', 'all_private_groups', 'all_direct_messages']);

const wordsOf = (list: string): string[] =>
  list
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '');

const notAllowed = (): ChatFailure =>
  new ChatFailure('error-unauthorized', 'User does not have the permissions required for this action', 403);

const noSuchIntegration = (): ChatFailure => new ChatFailure('error-invalid-integration', 'Integration not found');
