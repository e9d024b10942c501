import type { ServerOrder } from '../ports.ts';

/** What every server of ours is ordered with, whatever the run. */
export interface ServerSettings {
  /** Private network of databases and filers. */
  readonly networkId: number | undefined;
  /** Lets nothing in from outside. */
  readonly firewallId: number | undefined;
  /** Name or id. Without a key the API would make up a password and send it by e-mail. */
  readonly sshKey: string;
}

export const SERVER_ROLE = 'role=backup';
export const IMAGE_ROLE = 'role=backup-runner';

/** Body of `POST /servers`. */
export function createRequest(order: ServerOrder, settings: ServerSettings): object {
  const { networkId, firewallId } = settings;
  return {
    name: order.name,
    server_type: order.type,
    location: order.location,
    image: String(order.imageId),
    ssh_keys: [settings.sshKey],
    ...(networkId === undefined ? {} : { networks: [networkId] }),
    ...(firewallId === undefined ? {} : { firewalls: [{ firewall: firewallId }] }),
    // The vault, exchange and report are outside of the private network. One address is enough for all of them.
    public_net: { enable_ipv4: true, enable_ipv6: false },
    user_data: order.userData,
    labels: { role: 'backup', run: order.runId, expires: String(Math.floor(order.expires.getTime() / 1000)) },
    start_after_create: true,
  };
}
