import * as z from 'zod';

/** Hetzner's answers as far as they are used. Everything else in them may come and go. */
const instant = z.iso.datetime({ offset: true });
const price = z.object({ net: z.string().regex(/^\d+(?:\.\d+)?$/u) });
const placePrice = z.object({ location: z.string(), price_hourly: price });

const Pagination = z.object({
  meta: z.object({ pagination: z.object({ next_page: z.int().nullable() }) }),
});

export const ServerReply = z.object({
  id: z.int(),
  name: z.string(),
  status: z.string(),
  created: instant,
  labels: z.record(z.string(), z.string()),
  server_type: z.object({ name: z.string() }),
  location: z.object({ name: z.string() }),
  public_net: z.object({
    ipv4: z.object({ ip: z.string() }).nullish(),
    ipv6: z.object({ ip: z.string() }).nullish(),
  }),
});
export type ServerReply = z.infer<typeof ServerReply>;

export const ActionReply = z.object({
  id: z.int(),
  command: z.string(),
  status: z.enum(['running', 'success', 'error']),
  error: z.object({ code: z.string(), message: z.string() }).nullish(),
});
export type ActionReply = z.infer<typeof ActionReply>;

export const CreatedReply = z.object({
  server: ServerReply,
  action: ActionReply,
  next_actions: z.array(ActionReply),
});

export const ServersReply = Pagination.extend({ servers: z.array(ServerReply) });

export const ActionsReply = z.object({ actions: z.array(ActionReply) });

export const ImageReply = z.object({
  id: z.int(),
  status: z.string(),
  architecture: z.string(),
  disk_size: z.number(),
  created: instant,
  labels: z.record(z.string(), z.string()),
});
export type ImageReply = z.infer<typeof ImageReply>;

export const ImagesReply = Pagination.extend({ images: z.array(ImageReply) });

export const ServerTypeReply = z.object({
  name: z.string(),
  architecture: z.string(),
  disk: z.number(),
  prices: z.array(placePrice),
  locations: z.array(
    z.object({
      name: z.string(),
      available: z.boolean().nullish(),
      deprecation: z.object({ unavailable_after: instant }).nullish(),
    }),
  ),
});
export type ServerTypeReply = z.infer<typeof ServerTypeReply>;

export const ServerTypesReply = Pagination.extend({ server_types: z.array(ServerTypeReply) });

export const PricingReply = z.object({
  pricing: z.object({
    currency: z.string(),
    primary_ips: z.array(z.object({ type: z.string(), prices: z.array(placePrice) })),
  }),
});
export type PricingReply = z.infer<typeof PricingReply>;
