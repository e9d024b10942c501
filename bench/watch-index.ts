import { setTimeout as pause } from 'node:timers/promises';
import type { StackFile } from '@innkeeper/local-stack/supervisor/stack-file';
import * as z from 'zod';

/** Looks into Qdrant again and again for documents that are awaited, and notes when each was first found complete. */
export interface IndexWatch {
  /** `performance.now()` of the first look that found it with its dense vector. */
  readonly foundAt: ReadonlyMap<string, number>;
  /** Until its text has these words. */
  await(docKey: string, words: string): void;
  /** Ends the watch when all are found or `patienceMs` have passed. */
  finish(patienceMs: number): Promise<void>;
}

const POLL_MS = 20; // the error of each figure, always to its disadvantage
const KEYS_AT_ONCE = 100;
const Found = z.object({
  result: z.object({ points: z.array(z.object({ payload: z.object({ docKey: z.string(), text: z.string() }) })) }),
});

export function watchIndex({ url, apiKey, alias }: StackFile['components']['qdrant']): IndexWatch {
  const awaited = new Map<string, string>();
  const foundAt = new Map<string, number>();
  const over = new AbortController();

  const look = async (docKeys: readonly string[]): Promise<void> => {
    const must = [
      { key: 'docKey', match: { any: docKeys } },
      { key: 'dense', match: { value: true } },
      { key: 'chunk', match: { value: 0 } },
    ];
    const response = await fetch(`${url}/collections/${alias}/points/scroll`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'api-key': apiKey },
      body: JSON.stringify({ filter: { must }, limit: docKeys.length, with_payload: ['docKey', 'text'] }),
    });
    const { result } = Found.parse(await response.json());
    for (const { payload } of result.points) {
      if (!payload.text.includes(awaited.get(payload.docKey) ?? '')) continue;
      awaited.delete(payload.docKey);
      if (!foundAt.has(payload.docKey)) foundAt.set(payload.docKey, performance.now());
    }
  };
  const watching = (async () => {
    while (!over.signal.aborted) {
      // The oldest first: what waits longest is looked for in every round.
      if (awaited.size > 0) await look([...awaited.keys()].slice(0, KEYS_AT_ONCE));
      await pause(POLL_MS);
    }
  })();

  return {
    foundAt,
    await: (docKey, words) => void awaited.set(docKey, words),
    async finish(patienceMs) {
      const deadline = performance.now() + patienceMs;
      while (awaited.size > 0 && performance.now() < deadline) await pause(POLL_MS);
      over.abort();
      await watching;
    },
  };
}
