import { ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { AskError } from '../asking/ask-error.ts';
import type { SubscriptionMetrics } from '../ports/cloud-operations.ts';
import type { GoogleApi } from './google-api.ts';

/** Cloud Monitoring API v3, read. An operator’s `roles/monitoring.viewer` is enough. */
const TimeSeriesReply = z.object({
  timeSeries: z
    .array(
      z.object({
        resource: z.object({ labels: z.record(z.string(), z.string()) }),
        /** Newest first. */
        points: z.array(
          z.object({
            value: z.object({
              int64Value: z
                .string()
                .regex(/^-?\d{1,19}$/u)
                .optional(),
              doubleValue: z.number().optional(),
            }),
          }),
        ),
      }),
    )
    .default([]),
  nextPageToken: z.string().optional(),
});

/** Points come every minute and up to four minutes late. */
const GAUGE_MINUTES = 10;

/** `url` ends in `/v3`. */
export function cloudMonitoring(api: GoogleApi, url: string, project: string, now: () => Date): SubscriptionMetrics {
  async function series(
    metric: string,
    minutes: number,
  ): Promise<Result<readonly { name: string; values: number[] }[], AskError>> {
    const end = now();
    const query = new URLSearchParams({
      filter: `metric.type="pubsub.googleapis.com/subscription/${metric}" AND resource.type="pubsub_subscription"`,
      'interval.startTime': new Date(end.getTime() - minutes * 60_000).toISOString(),
      'interval.endTime': end.toISOString(),
    });
    const pages = await api.pages(`${url}/projects/${project}/timeSeries?${query.toString()}`, TimeSeriesReply);
    if (!pages.ok) return pages;
    return ok(
      pages.value.flatMap(page =>
        page.timeSeries.map(({ resource, points }) => ({
          name: resource.labels['subscription_id'] ?? '',
          values: points.map(({ value }) => value.doubleValue ?? Number(value.int64Value ?? 0)),
        })),
      ),
    );
  }
  return {
    async oldestUnackedSeconds() {
      const found = await series('oldest_unacked_message_age', GAUGE_MINUTES);
      if (!found.ok) return found;
      return ok(
        new Map(found.value.flatMap(({ name, values: [newest] }) => (newest === undefined ? [] : [[name, newest]]))),
      );
    },
    async deadLetters(hours) {
      const found = await series('dead_letter_message_count', hours * 60);
      if (!found.ok) return found;
      const sums = new Map<string, number>();
      for (const { name, values } of found.value) {
        sums.set(
          name,
          values.reduce((sum, value) => sum + value, sums.get(name) ?? 0),
        );
      }
      return ok(sums);
    },
  };
}
