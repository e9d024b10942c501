import { ok } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { SubscriptionList, SubscriptionState } from '../ports/cloud-operations.ts';
import type { GoogleApi } from './google-api.ts';

/** Pub/Sub API v1: the list of subscriptions, no message. */
const SubscriptionsReply = z.object({
  subscriptions: z
    .array(z.object({ name: z.string(), state: z.string().optional(), detached: z.boolean().default(false) }))
    .default([]),
  nextPageToken: z.string().optional(),
});

/** `url` ends in `/v1`. */
export function pubsubSubscriptions(api: GoogleApi, url: string, project: string): SubscriptionList {
  return {
    async states() {
      const pages = await api.pages(`${url}/projects/${project}/subscriptions?pageSize=100`, SubscriptionsReply);
      if (!pages.ok) return pages;
      return ok(
        new Map(
          pages.value.flatMap(page =>
            page.subscriptions.map(({ name, state, detached }): [string, SubscriptionState] => [
              name.slice(name.lastIndexOf('/') + 1),
              detached ? 'detached' : state === 'RESOURCE_ERROR' ? 'broken' : 'active',
            ]),
          ),
        ),
      );
    },
  };
}
