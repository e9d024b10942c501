import { readFileSync } from 'node:fs';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { createLog } from '@innkeeper/shared/log/log';
import * as z from 'zod';
import { leave, stopOnSignal } from '../http/run-process.ts';
import { GatewayConfig } from './gateway-config.ts';
import { startEventGateway } from './start-event-gateway.ts';

/**
 * The process of the event gateway. `EVENTS_CONFIG` names a JSON file of the shape `GatewayConfig`. It exits when it
 * cannot store an event, because its next start finds what was missed and nothing else does.
 */
const NAME = 'gateway';

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535),
  STATE_DIRECTORY: z.string(),
  EVENTS_CONFIG: z.string(),
});

const environment = parseConfig(NAME, Environment, process.env);
const file = JSON.parse(readFileSync(environment.EVENTS_CONFIG, 'utf8')) as Record<string, unknown>;
const gateway = await startEventGateway({
  config: parseConfig(NAME, GatewayConfig, file),
  stateDirectory: environment.STATE_DIRECTORY,
  port: environment.PORT,
  log: createLog(NAME),
  onEventLost: error => leave(NAME, error),
});
stopOnSignal(NAME, () => gateway.close());
