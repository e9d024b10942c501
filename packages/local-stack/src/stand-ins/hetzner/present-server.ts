import { PLACES, SOLD_TYPES } from './hetzner-catalogue.ts';
import type { ActionRow, ServerRow } from './hetzner-rows.ts';
import { presentPlace, presentType } from './present-catalogue.ts';

/** Servers and actions as the API shows them; a server without the `datacenter` it had until July 2026. Pure. */
export function presentServer(
  server: ServerRow,
  { image, isLocked }: { readonly image: object | null; readonly isLocked: boolean },
): object {
  const type = SOLD_TYPES.find(({ name }) => name === server.type);
  const place = PLACES.find(({ name }) => name === server.location);
  if (type === undefined || place === undefined) throw new Error(`server ${server.id} of no type or place`);
  return {
    id: server.id,
    name: server.name,
    status: server.status,
    created: server.createdAt,
    server_type: presentType(type, []),
    location: presentPlace(place),
    image,
    iso: null,
    labels: server.labels,
    locked: isLocked,
    protection: { delete: server.protected, rebuild: server.protected },
    public_net: {
      // Everything here speaks from this machine.
      ipv4: server.ipv4 ? { id: server.id + 1, ip: '127.0.0.1', blocked: false, dns_ptr: 'localhost' } : null,
      ipv6: server.ipv6 ? { id: server.id + 2, ip: `2001:db8:${server.id}::/64`, blocked: false, dns_ptr: [] } : null,
      floating_ips: [],
      firewalls: server.firewalls.map(id => ({ id, status: 'applied' })),
    },
    private_net: server.networks.map(network => ({
      network,
      ip: `10.0.0.${(server.id % 250) + 2}`,
      alias_ips: [],
      mac_address: '86:00:ff:2a:7d:e1',
    })),
    backup_window: null,
    rescue_enabled: false,
    primary_disk_size: type.diskGb,
    volumes: [],
    load_balancers: [],
    ingoing_traffic: 0,
    outgoing_traffic: 0,
    included_traffic: 0,
  };
}

export function presentAction(action: ActionRow, paceMs: number, now: number): object {
  const elapsed = (now - Date.parse(action.startedAt)) / Math.max(1, paceMs);
  const running = Math.min(95, Math.max(0, Math.floor(elapsed * 100)));
  return {
    id: action.id,
    command: action.command,
    status: action.status,
    progress: action.status === 'running' ? running : 100,
    started: action.startedAt,
    finished: action.finishedAt ?? null,
    resources: [{ id: action.serverId, type: 'server' }],
    error: action.errorCode === undefined ? null : { code: action.errorCode, message: 'the action failed' },
  };
}
