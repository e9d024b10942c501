import * as z from 'zod';
import { processVariables, runStandIn } from '../run-stand-in.ts';
import { startQdrant } from './start-qdrant.ts';

const Config = z.object({
  ...processVariables,
  QDRANT_API_KEY: z.string().optional().describe('asked for in every request when set'),
  QDRANT_READ_ONLY_API_KEY: z.string().optional().describe('may read and nothing else'),
});

await runStandIn('qdrant', Config, config =>
  startQdrant({
    port: config.PORT,
    stateDirectory: config.STATE_DIRECTORY,
    apiKey: config.QDRANT_API_KEY,
    readOnlyApiKey: config.QDRANT_READ_ONLY_API_KEY,
  }),
);
