import { ok } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { RunServices } from '../ports/cloud-operations.ts';
import type { GoogleApi } from './google-api.ts';

/** Cloud Run Admin API v2, read. */
const ServicesReply = z.object({
  services: z
    .array(
      z.object({
        name: z.string(),
        labels: z.record(z.string(), z.string()).default({}),
        latestCreatedRevision: z.string().default(''),
        latestReadyRevision: z.string().default(''),
        terminalCondition: z.object({ state: z.string().optional() }).optional(),
        trafficStatuses: z
          .array(z.object({ revision: z.string().default(''), percent: z.number().default(0) }))
          .default([]),
      }),
    )
    .default([]),
  nextPageToken: z.string().optional(),
});

/** `url` ends in `/v2`. */
export function cloudRun(api: GoogleApi, url: string, project: string, region: string): RunServices {
  return {
    async list() {
      const pages = await api.pages(
        `${url}/projects/${project}/locations/${region}/services?pageSize=100`,
        ServicesReply,
      );
      if (!pages.ok) return pages;
      return ok(
        pages.value.flatMap(page =>
          page.services.map(service => ({
            name: lastOf(service.name),
            labels: service.labels,
            isReady: service.terminalCondition?.state === 'CONDITION_SUCCEEDED',
            latestCreated: lastOf(service.latestCreatedRevision),
            latestReady: lastOf(service.latestReadyRevision),
            // A target that follows the newest revision names none.
            traffic: service.trafficStatuses.map(({ revision, percent }) => ({
              revision: revision === '' ? lastOf(service.latestReadyRevision) : lastOf(revision),
              percent,
            })),
          })),
        ),
      );
    },
  };
}

const lastOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
