import { err, ok } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { WorkerSecrets } from '../ports/worker-secrets.ts';
import { type CloudflareCaller, callCloudflare } from './cloudflare-call.ts';

const Names = z.array(z.object({ name: z.string() }));
const NEWEST_NOT_DEPLOYED = 10_215;

/** Cloudflare's bulk call: a JSON merge patch, one new version of the Worker. */
export function cloudflareWorkerSecrets(caller: CloudflareCaller): WorkerSecrets {
  const path = (worker: string): string => `/workers/scripts/${worker}`;
  const what = (worker: string): string => `Worker ${worker} yet; deploy it, then push`;
  return {
    async names(worker) {
      const reply = await callCloudflare(caller, {
        path: `${path(worker)}/secrets`,
        method: 'GET',
        right: 'Workers Scripts Read',
        what: what(worker),
        reply: Names,
      });
      return reply.ok ? ok(reply.value.map(({ name }) => name)) : reply;
    },
    async change(worker, secrets) {
      const changes = Object.entries(secrets).map(([name, value]) => [
        name,
        value === undefined ? null : { type: 'secret_text', name, text: value.reveal() },
      ]);
      const reply = await callCloudflare(caller, {
        path: `${path(worker)}/secrets-bulk`,
        method: 'PATCH',
        body: { secrets: Object.fromEntries(changes) as object },
        contentType: 'application/merge-patch+json',
        right: 'Workers Scripts Write',
        what: what(worker),
        reply: z.unknown(),
      });
      if (reply.ok) return ok(undefined);
      const waits = reply.error.kind === 'unexpected' && reply.error.code === NEWEST_NOT_DEPLOYED;
      return waits ? err({ kind: 'newer_version_waits', service: 'Cloudflare', worker }) : reply;
    },
  };
}
