import * as z from 'zod';
import type { StandInReply } from '../stand-in-server.ts';
import { PLACES, PROJECT, SOLD_TYPES, SYSTEM_IMAGES } from './hetzner-catalogue.ts';
import { hetznerError } from './hetzner-replies.ts';
import type { ImageRow, ServerFate, ServerRow, SoldOut } from './hetzner-rows.ts';
import { isSoldOut } from './present-catalogue.ts';

/** `POST /servers`: what of an order the shape alone cannot refuse. Pure. */
const Order = z.object({
  name: z.string(),
  server_type: z.string(),
  image: z.union([z.string(), z.number()]),
  location: z.string().default('fsn1'),
  networks: z.array(z.number()).default([]),
  firewalls: z.array(z.object({ firewall: z.number() })).default([]),
  ssh_keys: z.array(z.string()).default([]),
  public_net: z
    .object({ enable_ipv4: z.boolean().default(true), enable_ipv6: z.boolean().default(true) })
    .default({ enable_ipv4: true, enable_ipv6: true }),
  user_data: z.string().default(''),
  labels: z.record(z.string(), z.string()).default({}),
});

export interface OrderContext {
  readonly names: ReadonlySet<string>;
  readonly images: readonly ImageRow[];
  readonly soldOut: SoldOut;
  readonly fate: ServerFate | undefined;
  readonly serversMax: number;
  readonly newId: () => number;
  readonly now: number;
}

export type OrderOutcome =
  | { readonly ok: true; readonly server: ServerRow; readonly rootPassword: string | null }
  | { readonly ok: false; readonly refusal: StandInReply };

const USER_DATA_BYTES_MAX = 32 * 1024; // as the API documents it
const LABEL_KEY = /^(?:[a-z0-9A-Z](?:[\w./-]{0,61}[a-z0-9A-Z])?)$/u;
const HOSTNAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/iu;

export function orderServer(body: unknown, context: OrderContext): OrderOutcome {
  const order = Order.parse(body); // fits: the shape was checked
  const refused = (refusal: StandInReply): OrderOutcome => ({ ok: false, refusal });
  const invalid = (field: string, message: string): OrderOutcome =>
    refused(
      hetznerError('invalid_input', `invalid input in field '${field}'`, {
        fields: [{ name: field, messages: [message] }],
      }),
    );
  const unknown = (what: string): OrderOutcome => refused(hetznerError('not_found', `${what} not found`));

  if (!HOSTNAME.test(order.name)) return invalid('name', 'must be a valid hostname');
  if (Buffer.byteLength(order.user_data) > USER_DATA_BYTES_MAX) return invalid('user_data', 'at most 32 KiB');
  const isForeign = (key: string): boolean => !LABEL_KEY.test(key) || key.startsWith('hetzner.cloud/');
  if (Object.keys(order.labels).some(isForeign)) return invalid('labels', 'malformed or reserved key');

  const type = SOLD_TYPES.find(sold => sold.name === order.server_type || String(sold.id) === order.server_type);
  if (type === undefined) return invalid('server_type', 'does not exist');
  if (type.unavailableAfter !== undefined && Date.parse(type.unavailableAfter) <= context.now) {
    return refused(hetznerError('invalid_server_type', `server type ${type.name} is deprecated`));
  }
  const place = PLACES.find(({ id, name }) => name === order.location || String(id) === order.location);
  if (place === undefined) return invalid('location', 'does not exist');
  if (!type.locations.includes(place.name)) return invalid('location', 'not for this server type');
  const image = findImage(order.image, type.architecture, context.images);
  if (image === undefined) return unknown('image');
  if (image.status !== 'available') return invalid('image', 'is not available');
  if (image.architecture !== type.architecture) return invalid('image', 'is of another architecture');
  if (image.diskGb > type.diskGb) return invalid('image', 'disk is larger than that of the server type');
  if (order.networks.some(id => id !== PROJECT.networkId)) return unknown('network');
  if (order.firewalls.some(({ firewall }) => firewall !== PROJECT.firewallId)) return unknown('firewall');
  const { sshKey } = PROJECT;
  if (order.ssh_keys.some(key => key !== sshKey.name && key !== String(sshKey.id))) return unknown('SSH key');

  if (context.names.has(order.name)) {
    return refused(hetznerError('uniqueness_error', 'server name is already used', { fields: [{ name: 'name' }] }));
  }
  if (context.names.size >= context.serversMax) {
    return refused(
      hetznerError('resource_limit_exceeded', 'server limit exceeded', { limits: [{ name: 'server_limit' }] }),
    );
  }
  if (isSoldOut(context.soldOut, type.name, place.name)) {
    return refused(hetznerError('resource_unavailable', 'error during placement'));
  }
  const server: ServerRow = {
    id: context.newId(),
    name: order.name,
    type: type.name,
    location: place.name,
    imageId: image.id,
    labels: order.labels,
    userData: order.user_data,
    networks: order.networks,
    firewalls: order.firewalls.map(({ firewall }) => firewall),
    ipv4: order.public_net.enable_ipv4,
    ipv6: order.public_net.enable_ipv6,
    status: 'initializing',
    protected: false,
    actions: { create: context.newId(), start: context.newId() },
    createdAt: new Date(context.now).toISOString(),
    ...(context.fate === undefined ? {} : { fate: context.fate }),
  };
  return { ok: true, server, rootPassword: order.ssh_keys.length > 0 ? null : 'made-up-and-mailed' };
}

/** Snapshots have no names; a system's name stands for the image of the type's architecture. */
function findImage(
  idOrName: string | number,
  architecture: 'x86' | 'arm',
  snapshots: readonly ImageRow[],
): Pick<ImageRow, 'id' | 'status' | 'architecture' | 'diskGb'> | undefined {
  const snapshot = snapshots.find(({ id }) => String(id) === String(idOrName));
  if (snapshot !== undefined) return snapshot;
  const system = SYSTEM_IMAGES.find(
    image => String(image.id) === String(idOrName) || (image.name === idOrName && image.architecture === architecture),
  );
  return system === undefined ? undefined : { ...system, status: 'available' };
}
