import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { virtualClock } from '../testing/virtual-clock.ts';
import { listenerStatus } from './listener-status.ts';
import { statusServer } from './status-server.ts';

it('shows the state, is well until it has stopped, and answers nothing else', async () => {
  const status = listenerStatus(virtualClock(), () => ({
    ...process.memoryUsage(),
    rss: 100_000_000,
    heapUsed: 20_000_000,
  }));
  const server = statusServer(status).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ask = (path: string, method = 'GET') =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });
  try {
    status.enter('waiting');
    expect((await ask('/healthz')).status).toBe(200);
    expect(await (await ask('/status')).json()).toMatchObject({
      state: 'waiting',
      since: '2026-11-21T09:00:00.000Z',
      visited: { starting: 1, waiting: 1 },
      quiet: true,
      published: 0,
      parked: 0,
      ignored: {},
      inFlight: { count: 0, bytes: 0 },
      memory: { residentBytes: 100_000_000, heapBytes: 20_000_000 },
    });
    status.enter('stopped');
    expect((await ask('/healthz')).status).toBe(503);
    expect((await ask('/status', 'HEAD')).status).toBe(200);
    expect((await ask('/_control/health')).status).toBe(404);
    const posted = await ask('/status', 'POST');
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
