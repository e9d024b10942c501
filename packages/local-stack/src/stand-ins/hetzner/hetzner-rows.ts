import * as z from 'zod';

/** What the stand-in keeps: servers (deleted ones too, for what happened), actions, snapshots. Also the controls' shapes. */
const instant = z.iso.datetime();
const labels = z.record(z.string(), z.string());

/** What is to become of the next servers. */
export const ServerFate = z.discriminatedUnion('kind', [
  /** Its creation never gets anywhere. */
  z.strictObject({ kind: z.literal('stuck_in_creating') }),
  /** It runs, but nothing on it reaches anything: cloud-init never gets its user_data. */
  z.strictObject({ kind: z.literal('without_network') }),
  /** The action of its creation ends with this code, and it stays off. */
  z.strictObject({ kind: z.literal('creation_fails'), code: z.string() }),
]);
export type ServerFate = z.infer<typeof ServerFate>;

export const ServerRow = z.object({
  id: z.int(),
  name: z.string(),
  type: z.string(),
  location: z.string(),
  imageId: z.int(),
  labels,
  userData: z.string(),
  networks: z.array(z.int()),
  firewalls: z.array(z.int()),
  ipv4: z.boolean(),
  ipv6: z.boolean(),
  status: z.enum(['initializing', 'starting', 'running', 'off']),
  protected: z.boolean(),
  /** The actions that say how far it is. */
  actions: z.object({ create: z.int(), start: z.int() }),
  fate: ServerFate.optional(),
  createdAt: instant,
  /** The program that cloud-init started, for as long as it is not known to have ended. */
  process: z.object({ pid: z.int(), startedAtTick: z.string() }).optional(),
  bootedAt: instant.optional(),
  endedAt: instant.optional(),
  exitCode: z.int().optional(),
  deletedAt: instant.optional(),
});
export type ServerRow = z.infer<typeof ServerRow>;

export const ActionRow = z.object({
  id: z.int(),
  command: z.enum(['create_server', 'start_server', 'shutdown_server', 'create_image', 'delete_server']),
  serverId: z.int(),
  /** The image that is being made. */
  imageId: z.int().optional(),
  status: z.enum(['running', 'success', 'error']),
  startedAt: instant,
  finishedAt: instant.optional(),
  errorCode: z.string().optional(),
});
export type ActionRow = z.infer<typeof ActionRow>;

/** A snapshot: prepared, or taken of a server. */
export const ImageRow = z.object({
  id: z.int().positive(),
  /** Of a server that is known here. */
  createdFrom: z.object({ id: z.int(), name: z.string() }).optional(),
  description: z.string().default('prepared backup server'),
  architecture: z.enum(['x86', 'arm']).default('x86'),
  diskGb: z.int().positive().default(40),
  labels,
  status: z.enum(['available', 'creating', 'unavailable']).default('available'),
  createdAt: instant.default('2026-11-01T00:00:00Z'),
});
export type ImageRow = z.infer<typeof ImageRow>;

/** Where a type is not to be had. `announced: false`: the list of types still promises it. */
export const SoldOut = z.array(
  z.strictObject({
    type: z.string().optional(),
    location: z.string().optional(),
    announced: z.boolean().default(true),
  }),
);
export type SoldOut = z.infer<typeof SoldOut>;
