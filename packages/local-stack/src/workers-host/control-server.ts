import { type LocalServer, sendJson, serveLocal } from '../http/serve-local.ts';
import type { RunningWorkers } from './start-workers.ts';

/** What the supervisor asks the Workers' host: whether it is well, and what is in its queues. */
export function startControlServer(workers: RunningWorkers, port: number): Promise<LocalServer> {
  return serveLocal({
    name: 'workers-host',
    port,
    handle: (request, response) => {
      if (request.url === '/_control/health') {
        sendJson(response, 200, { ok: true, name: 'workers-host', workerdPid: workers.workerdPid });
      } else if (request.url === '/_control/queues') {
        sendJson(response, 200, { queues: workers.queues.backlogs() });
      } else {
        sendJson(response, 404, { error: 'not found' });
      }
      return Promise.resolve();
    },
  });
}
