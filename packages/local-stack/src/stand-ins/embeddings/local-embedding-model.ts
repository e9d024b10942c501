import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { textBatches } from './text-batches.ts';

/**
 * A real embedding model that runs on this machine and downloads nothing: Universal Sentence Encoder Lite from npm,
 * English, 512 dimensions. A short sentence takes about 10 ms, 400 characters about 50 ms, in a thread of its own, so
 * that the server in front of it stays responsive; loading takes a fraction of a second.
 */
export interface LocalEmbeddingModel {
  readonly name: string;
  readonly dimensions: number;
  /** One vector per text. Rejects with `QueueFullError` when too many texts wait. */
  embed(texts: readonly string[]): Promise<number[][]>;
}

export interface LoadedEmbeddingModel extends LocalEmbeddingModel {
  /** Ends the thread; texts still waiting are never answered. */
  close(): Promise<void>;
}

/** What the thread says: first `ready`, then one reply per batch. */
export type ThreadReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'embedded'; readonly vectors: number[][] }
  | { readonly kind: 'failed'; readonly detail: string };

const BATCH_TEXTS_MAX = 8; // a third less computing than one by one; more gain little, and a question waits for a whole batch
const WAITING_TEXTS_MAX = 256; // a few seconds of computing: who would wait longer had better come again
const CHARACTERS_MAX = 4000; // what is beyond is cut, as hosted models cut at their token limit

export async function loadLocalEmbeddingModel(): Promise<LoadedEmbeddingModel> {
  const thread = new Worker(new URL('./model-thread.ts', import.meta.url));
  await once(thread, 'message');
  // From here on nobody listens for `error`: a crash of the model ends the process, and whoever runs it starts it again.
  thread.unref(); // an idle model keeps no process alive

  const compute = async (texts: readonly string[]): Promise<number[][]> => {
    thread.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin; windows do
    thread.postMessage(texts.map(text => text.slice(0, CHARACTERS_MAX)));
    const reply = await new Promise<ThreadReply>(resolve => thread.once('message', resolve));
    thread.unref();
    if (reply.kind === 'embedded') return reply.vectors;
    throw new Error(`the embedding model answered ${reply.kind === 'failed' ? reply.detail : reply.kind}`);
  };
  const batches = textBatches({ compute, batchTextsMax: BATCH_TEXTS_MAX, waitingTextsMax: WAITING_TEXTS_MAX });
  return {
    name: 'universal-sentence-encoder-lite',
    dimensions: 512,
    embed: texts => batches.embed(texts),
    async close() {
      await thread.terminate();
    },
  };
}
