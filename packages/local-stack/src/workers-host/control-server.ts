import * as z from 'zod';
import { type LocalServer, readBody, sendJson, serveLocal } from '../http/serve-local.ts';
import type { RunningWorkers } from './start-workers.ts';

const CronCall = z.object({ worker: z.string(), cron: z.string() });

/**
 * What the supervisor asks the Workers' host: whether it is well, and what is in its queues. `POST /_control/cron` with a
 * Worker's name and one of its cron expressions runs it now.
 */
export function startControlServer(workers: RunningWorkers, port: number): Promise<LocalServer> {
  return serveLocal({
    name: 'workers-host',
    port,
    handle: async (request, response) => {
      if (request.url === '/_control/health') {
        sendJson(response, 200, { ok: true, name: 'workers-host', workerdPid: workers.workerdPid });
      } else if (request.url === '/_control/queues') {
        sendJson(response, 200, { queues: workers.queues.backlogs() });
      } else if (request.url === '/_control/cron' && request.method === 'POST') {
        const call = CronCall.safeParse(JSON.parse((await readBody(request)).toString('utf8')));
        const known = call.success && (await workers.crons.run(call.data.worker, call.data.cron));
        sendJson(response, known ? 200 : 404, { ok: known });
      } else {
        sendJson(response, 404, { error: 'not found' });
      }
    },
  });
}
