/** Who stands where in front of an invented server, and what each may open. Pure. */
export interface Door {
  readonly protocol: 'tcp' | 'udp' | 'esp';
  /** ESP has no ports: this is the one of UDP that stage.ts sends it by, and its own number as a protocol. */
  readonly port: number;
}
const tcp = (port: number): Door => ({ protocol: 'tcp', port });
const udp = (port: number): Door => ({ protocol: 'udp', port });

export const DOORS = {
  ssh: tcp(22),
  web: tcp(443),
  swarm: tcp(2377),
  gossip: tcp(7946),
  gossipPackets: udp(7946),
  overlay: udp(4789),
  // Encrypted overlay networks arrive as this, and only then as packets of the overlay.
  encryptedOverlay: { protocol: 'esp', port: 50 },
  mongodb: tcp(27017),
  postgres: tcp(5432),
  filer: tcp(8888),
  filerGrpc: tcp(18888),
  volume: tcp(8080),
  volumeGrpc: tcp(18080),
  master: tcp(9333),
  netdata: tcp(19999),
  listenerStatus: tcp(18081),
  // Nothing of ours: whatever somebody starts tomorrow.
  other: tcp(12345),
  otherPackets: udp(12345),
} as const satisfies Record<string, Door>;
export type DoorName = keyof typeof DOORS;

const DATA = ['mongodb', 'postgres', 'filer', 'filerGrpc', 'volume', 'volumeGrpc'] as const;
const INTERNAL = ['master', 'netdata', 'listenerStatus'] as const;
const SWARM = ['swarm', 'gossip', 'gossipPackets', 'overlay', 'encryptedOverlay'] as const;

export interface Place {
  readonly name: string;
  /** Network in front of the server: `private`, `public`, or `containers` behind its bridge. */
  readonly side: 'private' | 'public' | 'containers';
  readonly address: string;
  readonly mayOpen: readonly DoorName[];
}

/** Networks as the environment's `common.yml` has them. */
export interface Networks {
  readonly nodes: string;
  readonly backup: string;
  readonly operators: string;
}

export const placesAround = ({ nodes, backup, operators }: Networks): Place[] => [
  { name: 'another node', side: 'private', address: host(nodes, 12), mayOpen: [...SWARM, ...DATA, ...INTERNAL] },
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

/** A knock: from where at which door, and whether it was answered. */
export interface Knock {
  readonly place: string;
  readonly door: DoorName;
  readonly isOpen: boolean;
}

/** A sentence for each knock that ended as it must not. */
export function wrongKnocks(places: readonly Place[], knocks: readonly Knock[]): string[] {
  return places.flatMap(({ name, mayOpen }) =>
    (Object.keys(DOORS) as DoorName[]).flatMap(door => {
      const knock = knocks.find(one => one.place === name && one.door === door);
      if (knock === undefined) return [`${name} never knocked at ${door}`];
      if (knock.isOpen === mayOpen.includes(door)) return [];
      const { protocol, port } = DOORS[door];
      return [`${name} ${knock.isOpen ? 'reaches' : 'does not reach'} ${door} (${protocol} ${port})`];
    }),
  );
}
