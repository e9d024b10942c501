import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Free ports for one start of the stack. They lie below the range from which systems take ports for outgoing
 * connections: otherwise a connection could occupy the port of a part while that part is being restarted.
 */
const PORT_MIN = 20_000;
const PORT_MAX = 32_000;

export async function pickPorts<const Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  const taken = new Set<number>();
  const entries: [Name, number][] = [];
  for (const name of names) {
    let port = randomInt(PORT_MIN, PORT_MAX);
    while (taken.has(port) || !(await isFree(port))) port = randomInt(PORT_MIN, PORT_MAX);
    taken.add(port);
    entries.push([name, port]);
  }
  return Object.fromEntries(entries) as Record<Name, number>;
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
