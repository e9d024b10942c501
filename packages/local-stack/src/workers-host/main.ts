import { readFileSync } from 'node:fs';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { createLog } from '@innkeeper/shared/log/log';
import * as z from 'zod';
import { leave, stopOnSignal } from '../http/run-process.ts';
import { startControlServer } from './control-server.ts';
import { startWorkers } from './start-workers.ts';

/**
 * The process that hosts all Workers. `WORKERS_CONFIG` names a JSON file (it holds secrets: mode 0600). It exits when
 * its workerd dies, because a supervisor that restarts a whole process is simpler to trust than half of one.
 */
const NAME = 'workers-host';

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535),
  STATE_DIRECTORY: z.string(),
  WORKERS_CONFIG: z.string(),
});

const WorkersFile = z.strictObject({
  workers: z.array(
    z.strictObject({
      /** Absolute path of the Worker's folder. */
      directory: z.string(),
      port: z.int().min(0).max(65_535),
      variables: z.record(z.string(), z.string()),
    }),
  ),
  workersAi: z.strictObject({ baseUrl: z.url(), apiToken: z.string() }).optional(),
});

const environment = parseConfig(NAME, Environment, process.env);
const { workers, workersAi } = parseConfig(
  NAME,
  WorkersFile,
  JSON.parse(readFileSync(environment.WORKERS_CONFIG, 'utf8')) as Record<string, unknown>,
);
const running = await startWorkers({
  stateDirectory: environment.STATE_DIRECTORY,
  workers,
  ...(workersAi === undefined ? {} : { workersAi }),
  log: createLog(NAME),
  onWorkerdLost: () => leave(NAME, 'workerd died'),
});
const control = await startControlServer(running, environment.PORT);
stopOnSignal(NAME, async () => {
  await running.close();
  await control.close();
});
