import * as z from 'zod';
import { processVariables, runStandIn } from '../run-stand-in.ts';
import { loadLocalEmbeddingModel } from './local-embedding-model.ts';
import { startEmbeddings } from './start-embeddings.ts';

const Config = z.object({
  PORT: processVariables.PORT,
  EMBEDDINGS_API_KEY: z.string().optional().describe('asked for as a bearer token when set'),
});

await runStandIn('embeddings', Config, async config => {
  const model = await loadLocalEmbeddingModel();
  const server = await startEmbeddings({ port: config.PORT, model, apiKey: config.EMBEDDINGS_API_KEY });
  return { url: server.url, close: () => server.close().then(() => model.close()) };
});
