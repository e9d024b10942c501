import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import * as z from 'zod';
import { type Knock, type Place, PORTS, type PortName } from './who-may.ts';

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

const Places = z.array(
  z.looseObject({ name: z.string(), side: z.enum(['private', 'public', 'containers']), address: z.string() }),
);
const Knocks = z.array(
  z.object({ place: z.string(), port: z.enum(Object.keys(PORTS) as [PortName, ...PortName[]]), isOpen: z.boolean() }),
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
  }
  run('nft', '--file', ruleset);
  const servers = Object.values(PORTS).map(port => createServer(socket => socket.destroy()).listen(port, '0.0.0.0'));
  await Promise.all(servers.map(server => once(server, 'listening')));
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
  const ports = Object.entries(PORTS) as [PortName, number][];
  return Promise.all(
    places.flatMap(({ name, side, address }) =>
      ports.map(async ([port, number]) => ({ place: name, port, isOpen: await isOpen(side, address, number) })),
    ),
  );
}

function isOpen(side: Standing['side'], localAddress: string, port: number): Promise<boolean> {
  const [host = ''] = INTERFACES[side].address.split('/');
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
