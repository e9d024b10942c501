import type { GoogleOperationsRoute } from './start-google-operations.ts';

/** Services of Cloud Run, which second-generation functions run as; page by page. */
const PAGE_DEFAULT = 100;

export const RUN_ROUTES: readonly GoogleOperationsRoute[] = [
  {
    path: /^\/v2\/projects\/([^/]+)\/locations\/([^/]+)\/services$/u,
    permission: 'run.services.list',
    answer: ({ project, region, services }, request, [location = '']) => {
      const query = request.url.searchParams;
      const from = Number(query.get('pageToken') ?? 0);
      const size = Number(query.get('pageSize') ?? PAGE_DEFAULT);
      const own = location === region ? services : [];
      const parent = `projects/${project}/locations/${location}/services`;
      return {
        status: 200,
        body: {
          services: own.slice(from, from + size).map(({ name, isReady, latestCreated, latestReady, traffic }) => ({
            name: `${parent}/${name}`,
            latestCreatedRevision: `${parent}/${name}/revisions/${latestCreated}`,
            latestReadyRevision: `${parent}/${name}/revisions/${latestReady}`,
            terminalCondition: { type: 'Ready', state: isReady ? 'CONDITION_SUCCEEDED' : 'CONDITION_FAILED' },
            trafficStatuses: traffic.map(({ revision, percent }) => ({
              type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION',
              revision,
              percent,
            })),
          })),
          ...(from + size < own.length ? { nextPageToken: String(from + size) } : {}),
        },
      };
    },
  },
];
