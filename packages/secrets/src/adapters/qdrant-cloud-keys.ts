import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { DatabaseKey, DatabaseKeys } from '../ports/database-keys.ts';
import type { VendorFailure } from '../ports/vendor-failure.ts';
import { callVendor, outsideShape } from './call-vendor.ts';

/** Fields as `qdrant.cloud.cluster.auth.v2` has them in JSON. */
const Key = z
  .object({ id: z.string(), name: z.string(), createdAt: z.iso.datetime(), postfix: z.string().default('') })
  .transform(({ createdAt, ...key }): DatabaseKey => ({ ...key, createdAtMs: Date.parse(createdAt) }));
const Keys = z.object({ items: z.array(Key).default([]) });
const Made = z.object({ databaseApiKey: z.intersection(Key, z.object({ key: z.string().min(1) })) });
const ACCESS = {
  read_only: 'GLOBAL_ACCESS_RULE_ACCESS_TYPE_READ_ONLY',
  manage: 'GLOBAL_ACCESS_RULE_ACCESS_TYPE_MANAGE',
} as const;

/** Deleting what is not there changes nothing, and is only done for who manages. */
const NOT_A_COLLECTION = 'innkeeper-key-proof';

export interface QdrantCloudOptions {
  readonly fetch: Fetch;
  /** Of the management API. */
  readonly url: string;
  /** `undefined` where nobody gave one. */
  readonly managementKey: Secret | undefined;
  readonly accountId: string;
  readonly clusterId: string;
  readonly clusterUrl: string;
}

export function qdrantCloudKeys(options: QdrantCloudOptions): DatabaseKeys {
  const { fetch, url, managementKey, accountId, clusterId, clusterUrl } = options;

  async function call<T>(
    request: { method: 'GET' | 'POST' | 'DELETE'; path: string; body?: object; right: string; what: string },
    schema: z.ZodType<T>,
  ): Promise<Result<T, VendorFailure>> {
    if (managementKey === undefined) return err({ kind: 'no_token', service: 'Qdrant Cloud' });
    const { path, ...rest } = request;
    const reply = await callVendor({
      ...rest,
      fetch,
      url: `${url}/api/cluster/auth/v2/accounts/${accountId}/database-api-keys${path}`,
      headers: { authorization: `apikey ${managementKey.reveal()}` },
      service: 'Qdrant Cloud',
    });
    if (!reply.ok) return reply;
    const parsed = schema.safeParse(reply.value.json);
    return parsed.success ? ok(parsed.data) : outsideShape('Qdrant Cloud');
  }

  async function isDone(
    method: 'GET' | 'DELETE',
    path: string,
    value: Secret,
  ): Promise<Result<boolean, VendorFailure>> {
    const reply = await callVendor({
      method,
      fetch,
      url: `${clusterUrl}${path}`,
      headers: { 'api-key': value.reveal() },
      service: 'the cluster of Qdrant',
      right: 'the right to do this',
      what: 'such address',
    });
    if (reply.ok) return ok(true);
    const isRefused = reply.error.kind === 'unauthorized' || reply.error.kind === 'forbidden';
    return isRefused ? ok(false) : reply;
  }

  return {
    async list() {
      const read = { right: 'the permission read:api_keys', what: `cluster ${clusterId}` };
      const reply = await call({ method: 'GET', path: `?clusterId=${clusterId}`, ...read }, Keys);
      return reply.ok ? ok(reply.value.items) : reply;
    },
    async create({ name, access }) {
      const databaseApiKey = {
        accountId,
        clusterId,
        name,
        accessRules: [{ globalAccess: { accessType: ACCESS[access] } }],
      };
      const write = { right: 'the permission write:api_keys', what: `cluster ${clusterId}` };
      const reply = await call({ method: 'POST', path: '', body: { databaseApiKey }, ...write }, Made);
      if (!reply.ok) return reply;
      const { key, ...made } = reply.value.databaseApiKey;
      return ok({ ...made, value: new Secret(key) });
    },
    async delete(id) {
      const remove = { right: 'the permission delete:api_keys', what: 'such key' };
      const reply = await call({ method: 'DELETE', path: `/${id}?clusterId=${clusterId}`, ...remove }, z.unknown());
      return reply.ok || reply.error.kind === 'missing' ? ok(undefined) : reply;
    },
    async rightsOf(value) {
      const reads = await isDone('GET', '/collections', value);
      if (!reads.ok) return reads;
      if (!reads.value) return ok('nothing');
      const manages = await isDone('DELETE', `/collections/${NOT_A_COLLECTION}`, value);
      return manages.ok ? ok(manages.value ? 'manage' : 'read_only') : manages;
    },
  };
}
