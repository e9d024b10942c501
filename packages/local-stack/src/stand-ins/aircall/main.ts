import * as z from 'zod';
import { processVariables, runStandIn } from '../run-stand-in.ts';
import { startAircall } from './start-aircall.ts';

const Config = z.object({ ...processVariables, AIRCALL_API_ID: z.string(), AIRCALL_API_TOKEN: z.string() });

await runStandIn('aircall', Config, config =>
  startAircall({
    port: config.PORT,
    stateDirectory: config.STATE_DIRECTORY,
    apiId: config.AIRCALL_API_ID,
    apiToken: config.AIRCALL_API_TOKEN,
  }),
);
