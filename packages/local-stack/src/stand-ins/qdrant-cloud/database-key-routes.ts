import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { parseJson, type StandInReply, type StandInRequest } from '../stand-in-server.ts';
import type { DatabaseKey, QdrantCloudWorld } from './qdrant-cloud-world.ts';

/** `/api/cluster/auth/v2/accounts/ACCOUNT/database-api-keys`: the value of a key is in the answer that makes it alone. */
const PATH = /^\/api\/cluster\/auth\/v2\/accounts\/([0-9a-f-]{36})\/database-api-keys(?:\/([0-9a-f-]{36}))?$/u;
const POSTFIX_LENGTH = 5;

const Rule = z.strictObject({
  globalAccess: z.strictObject({
    accessType: z.enum(['GLOBAL_ACCESS_RULE_ACCESS_TYPE_READ_ONLY', 'GLOBAL_ACCESS_RULE_ACCESS_TYPE_MANAGE']),
  }),
});
const NewKey = z.strictObject({
  databaseApiKey: z.strictObject({
    accountId: z.uuid(),
    clusterId: z.uuid(),
    name: z
      .string()
      .min(4)
      .max(128)
      .regex(/^[\w\s-]+$/u),
    expiresAt: z.iso.datetime().optional(),
    accessRules: z.array(Rule).length(1),
  }),
});

export function answerDatabaseKeys(world: QdrantCloudWorld, request: StandInRequest): StandInReply {
  const [, account, id] = PATH.exec(request.url.pathname) ?? [];
  if (account === undefined) return refusal(404, 5, 'Not Found');
  const key = /^apikey (\S+)$/u.exec(request.headers['authorization'] ?? '')?.[1];
  const permissions = key === undefined ? undefined : world.managementKeys.get(key);
  if (permissions === undefined) return refusal(401, 16, 'invalid authentication');
  const demand = (permission: string, answer: () => StandInReply): StandInReply =>
    account === world.accountId && permissions.includes(permission)
      ? answer()
      : refusal(403, 7, `missing permission ${permission}`);

  const operation = `${request.method}${id === undefined ? '' : ' one'}`;
  if (operation === 'POST') return demand('write:api_keys', () => create(world, parseJson(request.body)));
  const isCluster = (request.url.searchParams.get('clusterId') ?? '') === world.clusterId;
  if (!isCluster) return refusal(400, 3, 'cluster_id: value must be a valid UUID of the account');
  if (operation === 'GET') {
    const items = [...world.databaseKeys.values()].map(each => shown(world, each));
    return demand('read:api_keys', () => ({ status: 200, body: { items } }));
  }
  if (operation !== 'DELETE one') return refusal(501, 12, 'Method Not Allowed');
  return demand('delete:api_keys', () =>
    world.databaseKeys.delete(id ?? '') ? { status: 200, body: {} } : refusal(404, 5, 'database api key not found'),
  );
}

function create(world: QdrantCloudWorld, json: unknown): StandInReply {
  const parsed = NewKey.safeParse(json);
  if (!parsed.success) return refusal(400, 3, 'validation error');
  const { name, expiresAt, accountId, clusterId, accessRules } = parsed.data.databaseApiKey;
  if (accountId !== world.accountId || clusterId !== world.clusterId) return refusal(404, 5, 'cluster not found');
  const isReadOnly = accessRules[0]?.globalAccess.accessType === 'GLOBAL_ACCESS_RULE_ACCESS_TYPE_READ_ONLY';
  const made: DatabaseKey = {
    id: randomUUID(),
    name,
    value: `eyJhbGciOi${randomBytes(60).toString('base64url')}`,
    access: isReadOnly ? 'READ_ONLY' : 'MANAGE',
    createdAtMs: world.now(),
    ...(expiresAt === undefined ? {} : { expiresAtMs: Date.parse(expiresAt) }),
    isKnownToCluster: true,
  };
  world.databaseKeys.set(made.id, made);
  return { status: 200, body: { databaseApiKey: { ...shown(world, made), key: made.value } } };
}

function shown(world: QdrantCloudWorld, { id, name, value, access, createdAtMs, expiresAtMs }: DatabaseKey): object {
  return {
    id,
    accountId: world.accountId,
    clusterId: world.clusterId,
    name,
    createdAt: new Date(createdAtMs).toISOString(),
    ...(expiresAtMs === undefined ? {} : { expiresAt: new Date(expiresAtMs).toISOString() }),
    accessRules: [{ globalAccess: { accessType: `GLOBAL_ACCESS_RULE_ACCESS_TYPE_${access}` } }],
    postfix: value.slice(-POSTFIX_LENGTH),
  };
}

const refusal = (status: number, code: number, message: string): StandInReply => ({
  status,
  body: { code, message, details: [] },
});
