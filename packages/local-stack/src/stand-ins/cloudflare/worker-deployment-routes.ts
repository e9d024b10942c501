import { refusal, result } from './cloudflare-replies.ts';
import type { CloudflareRoute } from './cloudflare-route.ts';

/** What serves a Worker, newest deployment first, and single versions, read. */
const RIGHTS = ['Workers Scripts Read', 'Workers Scripts Write'];

export const WORKER_DEPLOYMENT_ROUTES: readonly CloudflareRoute[] = [
  {
    method: 'GET',
    path: '/accounts/:account/workers/scripts/:script/deployments',
    rights: RIGHTS,
    answer: (world, { names }) => {
      const own = (world.deployments ?? []).filter(({ script }) => script === names['script']);
      if (own.length === 0) return refusal(404, 10_007, 'This Worker does not exist on your account.');
      return result({
        deployments: own
          .toSorted((one, other) => other.createdAtMs - one.createdAtMs)
          .map(({ createdAtMs, versions }) => ({
            created_on: new Date(createdAtMs).toISOString(),
            strategy: 'percentage',
            versions: versions.map(({ id, percentage }) => ({ version_id: id, percentage })),
          })),
      });
    },
  },
  {
    method: 'GET',
    path: '/accounts/:account/workers/scripts/:script/versions/:version',
    rights: RIGHTS,
    answer: (world, { names }) => {
      const version = (world.deployments ?? [])
        .filter(({ script }) => script === names['script'])
        .flatMap(({ versions }) => versions)
        .find(({ id }) => id === names['version']);
      if (version === undefined) return refusal(404, 10_061, 'Version not found');
      const { id, tag, etag = `etag of ${id}`, isMadeBySecret = false } = version;
      return result({
        id,
        annotations: {
          'workers/triggered_by': isMadeBySecret ? 'secret' : 'version_upload',
          ...(tag === undefined ? {} : { 'workers/tag': tag }),
        },
        resources: { script: { etag, handlers: ['fetch'] } },
      });
    },
  },
];
