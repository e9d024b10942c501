import { ok } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { SecretVersions } from '../ports/secret-versions.ts';
import type { GoogleApi } from './google-api.ts';

/** Secret Manager API v1: the list of versions, newest first. No call here could answer with a secret. */
const VersionsReply = z.object({
  versions: z
    .array(
      z.object({
        name: z.string().regex(/\/versions\/\d{1,9}$/u),
        createTime: z.iso.datetime({ offset: true }),
        state: z.string(),
      }),
    )
    .default([]),
});

/** Versions that were disabled since the last usable one: a person's trials, a handful. */
const VERSIONS_READ = 25;

/** `url` ends in `/v1`. */
export function secretManager(api: GoogleApi, url: string, project: string): SecretVersions {
  const root = `${url}/projects/${project}/secrets`;
  return {
    async newest(id) {
      const reply = await api.get(
        `${root}/${encodeURIComponent(id)}/versions?pageSize=${VERSIONS_READ}`,
        VersionsReply,
      );
      if (!reply.ok) return reply.error.kind === 'missing' ? ok(undefined) : reply;
      const newest = reply.value.versions.find(({ state }) => state === 'ENABLED');
      if (newest === undefined) return ok(undefined);
      const { name, createTime } = newest;
      return ok({ number: Number(name.slice(name.lastIndexOf('/') + 1)), madeAt: new Date(createTime) });
    },
  };
}
