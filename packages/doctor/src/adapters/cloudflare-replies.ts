import * as z from 'zod';

/** Cloudflare's answers as far as they are used: an envelope with `result`. */
const instant = z.iso.datetime({ offset: true });
const envelope = <T extends z.ZodType>(result: T) => z.object({ success: z.literal(true), result });

export const TokenReply = envelope(z.object({ status: z.string(), expires_on: instant.nullish() }));

export const DnsRecordsReply = envelope(
  z.array(
    z.object({ name: z.string(), type: z.string(), content: z.string().optional(), proxied: z.boolean().optional() }),
  ),
);

export const QueuesReply = envelope(
  z.array(
    z.object({
      queue_id: z.string(),
      queue_name: z.string(),
      consumers_total_count: z.number(),
      settings: z.object({ delivery_paused: z.boolean().optional() }).optional(),
    }),
  ),
);

export const MetricsReply = envelope(
  z.object({ backlog_count: z.number().nonnegative(), oldest_message_timestamp_ms: z.number().min(0).max(8.64e15) }),
);

/** Newest first. */
export const DeploymentsReply = envelope(
  z.object({
    deployments: z.array(
      z.object({
        created_on: instant,
        versions: z.array(z.object({ version_id: z.string(), percentage: z.number() })),
      }),
    ),
  }),
);

export const SecretNamesReply = envelope(z.array(z.object({ name: z.string() })));

export const VersionReply = envelope(
  z.object({
    annotations: z.record(z.string(), z.string()).default({}),
    resources: z.object({ script: z.object({ etag: z.string().min(1).optional() }).optional() }).optional(),
  }),
);
