import type { GoogleOperationsRoute } from './start-google-operations.ts';

/** Subscriptions of Pub/Sub, as its list tells them. */
export const PUBSUB_ROUTES: readonly GoogleOperationsRoute[] = [
  {
    path: /^\/v1\/projects\/([^/]+)\/subscriptions$/u,
    permission: 'pubsub.subscriptions.list',
    answer: ({ project, subscriptions }) => ({
      status: 200,
      body:
        subscriptions.length === 0
          ? {}
          : {
              subscriptions: subscriptions.map(({ name, state, isDetached = false }) => ({
                name: `projects/${project}/subscriptions/${name}`,
                state,
                ...(isDetached ? { detached: true } : {}),
              })),
            },
    }),
  },
];
