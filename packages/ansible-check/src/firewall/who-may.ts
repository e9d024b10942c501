/** Who stands where in front of an invented server, and what each may open. Pure. */
export const PORTS = {
  ssh: 22,
  web: 443,
  swarm: 2377,
  mongodb: 27017,
  postgres: 5432,
  filer: 8888,
  filerGrpc: 18888,
  volume: 8080,
  volumeGrpc: 18080,
  master: 9333,
  netdata: 19999,
  listenerStatus: 18081,
  // Nothing of ours: whatever somebody starts tomorrow.
  other: 12345,
} as const;
export type PortName = keyof typeof PORTS;

const DATA = ['mongodb', 'postgres', 'filer', 'filerGrpc', 'volume', 'volumeGrpc'] as const;
const INTERNAL = ['master', 'netdata', 'listenerStatus'] as const;

export interface Place {
  readonly name: string;
  /** Network in front of the server: `private`, `public`, or `containers` behind its bridge. */
  readonly side: 'private' | 'public' | 'containers';
  readonly address: string;
  readonly mayOpen: readonly PortName[];
}

/** Networks as the environment's `common.yml` has them. */
export interface Networks {
  readonly nodes: string;
  readonly backup: string;
  readonly operators: string;
}

export const placesAround = ({ nodes, backup, operators }: Networks): Place[] => [
  { name: 'another node', side: 'private', address: host(nodes, 12), mayOpen: ['swarm', ...DATA, ...INTERNAL] },
  { name: 'the backup server', side: 'private', address: host(backup, 4), mayOpen: DATA },
  { name: 'a stranger on the private network', side: 'private', address: stranger(nodes), mayOpen: [] },
  { name: 'an operator', side: 'public', address: host(operators, 1), mayOpen: ['ssh', 'web'] },
  { name: 'anybody', side: 'public', address: '192.0.2.2', mayOpen: ['web'] },
  { name: 'a container', side: 'containers', address: '172.18.0.2', mayOpen: [...DATA, ...INTERNAL] },
];

/** `host('10.30.1.0/24', 12)` is `10.30.1.12`. */
function host(cidr: string, number: number): string {
  const [address = ''] = cidr.split('/');
  const [a, b, c, d] = address.split('.').map(Number);
  return [a, b, c, (d ?? 0) + number].join('.');
}

/** An address of the same private network, in neither subnet. */
function stranger(nodes: string): string {
  const [a, b] = nodes.split('.');
  return [a, b, 250, 9].join('.');
}

/** A knock: from where on which port, and whether a connection came about. */
export interface Knock {
  readonly place: string;
  readonly port: PortName;
  readonly isOpen: boolean;
}

/** A sentence for each knock that ended as it must not. */
export function wrongKnocks(places: readonly Place[], knocks: readonly Knock[]): string[] {
  return places.flatMap(({ name, mayOpen }) =>
    (Object.keys(PORTS) as PortName[]).flatMap(port => {
      const knock = knocks.find(one => one.place === name && one.port === port);
      if (knock === undefined) return [`${name} never knocked at ${port}`];
      if (knock.isOpen === mayOpen.includes(port)) return [];
      return [`${name} ${knock.isOpen ? 'reaches' : 'does not reach'} ${port} (${PORTS[port]})`];
    }),
  );
}
