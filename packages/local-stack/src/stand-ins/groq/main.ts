import * as z from 'zod';
import { processVariables, runStandIn } from '../run-stand-in.ts';
import { startGroq } from './start-groq.ts';

const Config = z.object({
  PORT: processVariables.PORT,
  GROQ_API_KEY: z.string().optional().describe('asked for as a bearer token when set'),
});

await runStandIn('groq', Config, config => startGroq({ port: config.PORT, apiKey: config.GROQ_API_KEY }));
