import { page, refusal, result } from './cloudflare-replies.ts';
import type { CloudflareRoute } from './cloudflare-route.ts';

/** Queues and how much waits in them, read. */
const RIGHTS = ['Queues Read', 'Queues Write', 'Workers Scripts Read', 'Workers Scripts Write'];

export const QUEUE_ROUTES: readonly CloudflareRoute[] = [
  {
    method: 'GET',
    path: '/accounts/:account/queues',
    rights: RIGHTS,
    answer: (world, { query }) =>
      page(
        (world.queues ?? []).map(({ id, name, consumers, isPaused }) => ({
          queue_id: id,
          queue_name: name,
          consumers_total_count: consumers,
          settings: { delivery_paused: isPaused, delivery_delay: 0, message_retention_period: 1_209_600 },
        })),
        query,
      ),
  },
  {
    method: 'GET',
    path: '/accounts/:account/queues/:queue/metrics',
    rights: RIGHTS,
    answer: (world, { names }) => {
      const queue = world.queues?.find(({ id }) => id === names['queue']);
      if (queue === undefined) return refusal(404, 11_000, 'Queue not found');
      const { backlog, oldestAtMs = 0 } = queue;
      return result({ backlog_count: backlog, backlog_bytes: backlog * 1000, oldest_message_timestamp_ms: oldestAtMs });
    },
  },
];
