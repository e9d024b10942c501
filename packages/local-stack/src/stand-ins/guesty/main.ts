import * as z from 'zod';
import { processVariables, runStandIn } from '../run-stand-in.ts';
import { startGuesty } from './start-guesty.ts';

const Config = z.object({ ...processVariables, GUESTY_CLIENT_ID: z.string(), GUESTY_CLIENT_SECRET: z.string() });

await runStandIn('guesty', Config, config =>
  startGuesty({
    port: config.PORT,
    stateDirectory: config.STATE_DIRECTORY,
    clientId: config.GUESTY_CLIENT_ID,
    clientSecret: config.GUESTY_CLIENT_SECRET,
  }),
);
