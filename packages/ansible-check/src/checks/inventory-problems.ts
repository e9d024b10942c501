import { BlockList } from 'node:net';
import * as z from 'zod';

/** What `ansible-inventory --list` says of an environment, and whether it can be. Pure. */
export const Inventory = z.object({
  _meta: z.object({ hostvars: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  swarm: z.object({ hosts: z.array(z.string()) }),
});
export type Inventory = z.infer<typeof Inventory>;

const Networks = z.object({
  common_environment: z.string(),
  common_nodes_cidr: z.string(),
  common_backup_cidr: z.string(),
});

/** A sentence for each thing that is wrong. `groupVars`: the environment's `common.yml`. */
export function inventoryProblems(environment: string, inventory: Inventory, groupVars: unknown): string[] {
  const networks = Networks.parse(groupVars);
  const { hosts } = inventory.swarm;
  const addresses = hosts.map(host => String(inventory._meta.hostvars[host]?.['common_private_address']));
  const nodes = network(networks.common_nodes_cidr);
  const backup = network(networks.common_backup_cidr);
  return [
    ...(networks.common_environment === environment ? [] : [`calls itself ${networks.common_environment}`]),
    ...(hosts.length % 2 === 1 ? [] : [`has ${hosts.length} servers; an election needs an odd number`]),
    ...(new Set(addresses).size === hosts.length ? [] : ['has two servers with the same private address']),
    ...addresses.filter(address => !nodes.check(address)).map(address => `${address} is not in common_nodes_cidr`),
    ...addresses.filter(address => backup.check(address)).map(address => `${address} is in common_backup_cidr`),
  ].map(problem => `${environment}: ${problem}`);
}

function network(cidr: string): BlockList {
  const [address = '', bits = ''] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(address, Number(bits));
  return list;
}
