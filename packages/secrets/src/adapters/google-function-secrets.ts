import { ok } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { FunctionSecrets } from '../ports/function-secrets.ts';
import { callGoogle, type GoogleCaller } from './google-call.ts';

const Version = z.union([z.literal('latest'), z.string().regex(/^\d+$/u).transform(Number)]);
const Deployed = z.object({
  updateTime: z.iso.datetime(),
  serviceConfig: z
    .object({
      secretEnvironmentVariables: z.array(z.object({ secret: z.string(), version: Version })).default([]),
    })
    .default({ secretEnvironmentVariables: [] }),
});

/** Cloud Functions by its REST API; `url` includes `/v2`. */
export function googleFunctionSecrets(
  options: GoogleCaller & { readonly project: string; readonly region: string; readonly url: string },
): FunctionSecrets {
  const { project, region, url } = options;
  return {
    async deployed(name) {
      const reply = await callGoogle(options, {
        url: `${url}/projects/${project}/locations/${region}/functions/${name}`,
        method: 'GET',
        right: `roles/cloudfunctions.viewer in project ${project}`,
        what: `function ${name}`,
        reply: Deployed,
      });
      if (!reply.ok) return reply.error.kind === 'missing' ? ok(undefined) : reply;
      const { updateTime, serviceConfig } = reply.value;
      return ok({
        updatedAtMs: Date.parse(updateTime),
        versions: Object.fromEntries(
          serviceConfig.secretEnvironmentVariables.map(({ secret, version }) => [secret, version]),
        ),
      });
    },
  };
}
