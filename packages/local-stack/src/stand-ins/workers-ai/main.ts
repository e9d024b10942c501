import * as z from 'zod';
import { loadLocalEmbeddingModel } from '../embeddings/local-embedding-model.ts';
import { processVariables, runStandIn } from '../run-stand-in.ts';
import { startWorkersAi } from './start-workers-ai.ts';

const Config = z.object({
  PORT: processVariables.PORT,
  CLOUDFLARE_ACCOUNT_ID: z.string().describe('part of every address'),
  EMBEDDINGS_API_KEY: z.string().describe('asked for as a bearer token'),
});

await runStandIn('workers-ai', Config, async config => {
  const model = await loadLocalEmbeddingModel();
  const { CLOUDFLARE_ACCOUNT_ID: accountId, EMBEDDINGS_API_KEY: apiToken } = config;
  const server = await startWorkersAi({ port: config.PORT, model, accountId, apiToken });
  return { url: server.url, close: () => server.close().then(() => model.close()) };
});
