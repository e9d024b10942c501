import * as z from 'zod';
import { processVariables, runStandIn } from '../run-stand-in.ts';
import { startControl } from './start-control.ts';
import { startMongo } from './start-mongo.ts';

const Config = z.object({
  ...processVariables,
  MONGODB_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(0)
    .describe('port of the wire protocol; PORT is the control'),
});

await runStandIn('mongodb', Config, async config => {
  const mongo = await startMongo({ port: config.MONGODB_PORT, stateDirectory: config.STATE_DIRECTORY });
  const control = await startControl(mongo, config.PORT);
  return {
    url: control.url,
    close: async () => {
      await control.close();
      await mongo.close();
    },
  };
});
