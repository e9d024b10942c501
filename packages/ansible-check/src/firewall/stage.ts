import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import * as z from 'zod';
import { DOORS, type Door, type DoorName, type Knock, type Place } from './who-may.ts';

/**
 * In a network of its own (`unshare --net --mount`): a server with three interfaces and a ruleset, and everybody around
 * it, each in a network of their own behind a cable. Prints every knock as JSON.
 *
 *   node stage.ts RULESET PLACES     where PLACES is JSON, and `knock ADDRESSES` is what it starts in the others
 */
const KNOCK_MS_MAX = 400; // a refused packet is dropped without a word; on a cable of memory an answer takes none
const INTERFACES = {
  private: { name: 'enp7s0', address: '10.0.0.1/8' },
  public: { name: 'eth0', address: '192.0.2.1/24' },
  containers: { name: 'docker_gwbridge', address: '172.18.0.1/16' },
} as const;

/**
 * Node sends no ESP. A datagram to its number as a port becomes it on the way out of a place, and one again at the
 * server, behind the rules that are looked at.
 */
const ESP = DOORS.encryptedOverlay.port;
const disguise = (hook: 'input' | 'output', rule: string): string =>
  `table ip disguise { chain ${hook} { type filter hook ${hook} priority 0; ${rule}; }; }`;
const INTO_ESP = disguise('output', `udp dport ${ESP} ip protocol set ${ESP}`);
const OUT_OF_ESP = disguise('input', `ip protocol ${ESP} ip protocol set 17`);

const Places = z.array(
  z.looseObject({ name: z.string(), side: z.enum(['private', 'public', 'containers']), address: z.string() }),
);
const Knocks = z.array(
  z.object({ place: z.string(), door: z.enum(Object.keys(DOORS) as [DoorName, ...DoorName[]]), isOpen: z.boolean() }),
);
type Standing = Pick<Place, 'name' | 'side' | 'address'>;

const [first = '', second = ''] = process.argv.slice(2);
if (first === 'knock') await print(knockFromHere(Places.parse(JSON.parse(second))));
else await print(stage(first, Places.parse(JSON.parse(second))));

async function print(knocks: Promise<readonly Knock[]>): Promise<void> {
  console.log(JSON.stringify(await knocks));
  process.exit(0);
}

async function stage(ruleset: string, places: readonly Standing[]): Promise<Knock[]> {
  const run = (program: string, ...args: string[]): void => void execFileSync(program, args, { stdio: 'pipe' });
  // The names of networks are files here; somebody else's stay out of this.
  run('mount', '-t', 'tmpfs', 'tmpfs', '/run');
  run('ip', 'link', 'set', 'lo', 'up');
  for (const [side, { name, address }] of Object.entries(INTERFACES)) {
    run('ip', 'netns', 'add', side);
    run('ip', 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'cable', 'netns', side);
    run('ip', 'address', 'add', address, 'dev', name);
    run('ip', 'link', 'set', name, 'up');
    run('ip', '-n', side, 'link', 'set', 'cable', 'up');
    for (const place of places.filter(one => one.side === side)) {
      run('ip', '-n', side, 'address', 'add', `${place.address}/32`, 'dev', 'cable');
      if (side === 'public') run('ip', 'route', 'add', `${place.address}/32`, 'dev', name);
    }
    run('ip', '-n', side, 'route', 'add', 'default', 'dev', 'cable');
    run('ip', 'netns', 'exec', side, 'nft', INTO_ESP);
  }
  run('nft', OUT_OF_ESP);
  run('nft', '--file', ruleset);
  await Promise.all(Object.values(DOORS).map(answer));
  const sides = Object.keys(INTERFACES) as (keyof typeof INTERFACES)[];
  const knocks = await Promise.all(
    sides.map(side =>
      knockFrom(
        side,
        places.filter(place => place.side === side),
      ),
    ),
  );
  return knocks.flat();
}

async function answer({ protocol, port }: Door): Promise<void> {
  if (protocol === 'tcp') {
    await once(createServer(socket => socket.destroy()).listen(port, '0.0.0.0'), 'listening');
    return;
  }
  const socket = createSocket('udp4');
  socket.on('message', (_, { address, port: from }) => socket.send('here', from, address));
  socket.bind(port);
  await once(socket, 'listening');
}

async function knockFrom(side: string, places: readonly Standing[]): Promise<Knock[]> {
  const args = ['netns', 'exec', side, process.execPath, import.meta.filename, 'knock', JSON.stringify(places)];
  const child = spawn('ip', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await once(child, 'close');
  return Knocks.parse(JSON.parse(said));
}

function knockFromHere(places: readonly Standing[]): Promise<Knock[]> {
  const doors = Object.entries(DOORS) as [DoorName, Door][];
  return Promise.all(
    places.flatMap(({ name, side, address }) =>
      doors.map(async ([door, way]) => ({ place: name, door, isOpen: await isOpen(side, address, way) })),
    ),
  );
}

function isOpen(side: Standing['side'], localAddress: string, { protocol, port }: Door): Promise<boolean> {
  const [host = ''] = INTERFACES[side].address.split('/');
  return protocol === 'tcp' ? connects(host, port, localAddress) : isAnswered(host, port, localAddress);
}

function connects(host: string, port: number, localAddress: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host, port, localAddress });
    const end = (isConnected: boolean): void => {
      socket.destroy();
      resolve(isConnected);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
    socket.setTimeout(KNOCK_MS_MAX, () => end(false));
  });
}

function isAnswered(host: string, port: number, localAddress: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createSocket('udp4');
    const end = (hasAnswer: boolean): void => {
      clearTimeout(waiting);
      socket.close();
      resolve(hasAnswer);
    };
    const waiting = setTimeout(() => end(false), KNOCK_MS_MAX);
    socket.once('message', () => end(true)).once('error', () => end(false));
    socket.bind(0, localAddress, () => socket.send('anybody?', port, host));
  });
}
