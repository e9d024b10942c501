import { Secret } from '@innkeeper/shared/config/secret';
import { ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { SecretStore, SecretVersion } from '../ports/secret-store.ts';
import type { VendorFailure } from '../ports/vendor-failure.ts';
import { callGoogle, type GoogleCaller } from './google-call.ts';

const NUMBER = /\/versions\/(\d+)$/u;
const Version = z.object({ name: z.string().regex(NUMBER), createTime: z.iso.datetime(), state: z.string() }).transform(
  ({ name, createTime, state }): SecretVersion => ({
    number: Number(NUMBER.exec(name)?.[1]),
    createdAtMs: Date.parse(createTime),
    isEnabled: state === 'ENABLED',
  }),
);
const Versions = z.object({ versions: z.array(Version).default([]), nextPageToken: z.string().optional() });
const Payload = z.object({ payload: z.object({ data: z.base64() }) });
const Permissions = z.object({ permissions: z.array(z.string()).default([]) });
const ADD = 'secretmanager.versions.add';

/** Secret Manager by its REST API. */
export function googleSecretStore(
  options: GoogleCaller & { readonly project: string /** Including `/v1`. */; readonly url: string },
): SecretStore {
  const { project, url } = options;
  const at = (id: string): string => `${url}/projects/${project}/secrets/${id}`;
  const what = (id: string): string => `secret ${id} in project ${project}; Terraform makes it, so apply first`;
  const role = (name: string): string => `roles/secretmanager.${name} in project ${project}`;

  async function versions(id: string): Promise<Result<readonly SecretVersion[], VendorFailure>> {
    const found: SecretVersion[] = [];
    for (let pageToken = ''; ; ) {
      const query = new URLSearchParams({ pageSize: '1000', ...(pageToken === '' ? {} : { pageToken }) });
      const page = await callGoogle(options, {
        url: `${at(id)}/versions?${query.toString()}`,
        method: 'GET',
        right: role('viewer'),
        what: what(id),
        reply: Versions,
      });
      if (!page.ok) return page;
      found.push(...page.value.versions);
      pageToken = page.value.nextPageToken ?? '';
      if (pageToken === '') return ok(found.toSorted((a, b) => b.number - a.number));
    }
  }

  return {
    versions,
    async read(id, version) {
      const reply = await callGoogle(options, {
        url: `${at(id)}/versions/${version}:access`,
        method: 'GET',
        right: role('secretAccessor'),
        what: `version ${version} of ${id}`,
        reply: Payload,
      });
      return reply.ok ? ok(new Secret(Buffer.from(reply.value.payload.data, 'base64').toString('utf8'))) : reply;
    },
    async add(id, value) {
      const data = Buffer.from(value.reveal(), 'utf8').toString('base64');
      const reply = await callGoogle(options, {
        url: `${at(id)}:addVersion`,
        method: 'POST',
        body: { payload: { data } },
        right: role('secretVersionAdder'),
        what: what(id),
        reply: Version,
      });
      return reply.ok ? ok(reply.value.number) : reply;
    },
    async mayAdd(id) {
      const reply = await callGoogle(options, {
        url: `${at(id)}:testIamPermissions`,
        method: 'POST',
        body: { permissions: [ADD] },
        right: role('secretVersionAdder'),
        what: what(id),
        reply: Permissions,
      });
      return reply.ok ? ok(reply.value.permissions.includes(ADD)) : reply;
    },
  };
}
