import { apiError } from '../../google/google-answers.ts';
import type { PointRow } from './google-operations-world.ts';
import type { GoogleOperationsRoute } from './start-google-operations.ts';

/** Cloud Monitoring: points of one metric in an interval, a series for each subscription, newest first. */
const METRIC = /metric\.type\s*=\s*"([^"]+)"/u;

export const TIME_SERIES_ROUTES: readonly GoogleOperationsRoute[] = [
  {
    path: /^\/v3\/projects\/([^/]+)\/timeSeries$/u,
    permission: 'monitoring.timeSeries.list',
    answer: (world, { url: { searchParams } }) => {
      const metric = METRIC.exec(searchParams.get('filter') ?? '')?.[1];
      const start = Date.parse(searchParams.get('interval.startTime') ?? '');
      const end = Date.parse(searchParams.get('interval.endTime') ?? '');
      if (metric === undefined) return apiError('INVALID_ARGUMENT', 'Field filter had an invalid value.');
      if (Number.isNaN(start) || Number.isNaN(end)) {
        return apiError('INVALID_ARGUMENT', 'Field interval.endTime had an invalid value.');
      }
      const shown = world.points.filter(point => point.metric === metric && point.atMs > start && point.atMs <= end);
      const subscriptions = [...new Set(shown.map(({ subscription }) => subscription))];
      if (subscriptions.length === 0) return { status: 200, body: { unit: '1' } };
      return {
        status: 200,
        body: {
          timeSeries: subscriptions.map(subscription => ({
            metric: { type: metric },
            resource: {
              type: 'pubsub_subscription',
              labels: { project_id: world.project, subscription_id: subscription },
            },
            valueType: 'INT64',
            points: shown
              .filter(point => point.subscription === subscription)
              .toSorted((one, other) => other.atMs - one.atMs)
              .map(present),
          })),
        },
      };
    },
  },
];

const present = ({ atMs, value }: PointRow) => ({
  interval: { endTime: new Date(atMs).toISOString() },
  value: { int64Value: String(value) },
});
