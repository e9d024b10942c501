import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';

/** Looks into Qdrant from outside, to see when something has become searchable. */
export interface SearchIndexStage {
  count(filter: object): Promise<number>;
  /** Milliseconds until `filter` finds at least `wanted` points, or undefined after `patienceMs`. */
  waitForCount(
    filter: object,
    wanted: number,
    patienceMs: number,
    progress?: (found: number) => void,
  ): Promise<number | undefined>;
}

const Counted = z.object({ result: z.object({ count: z.int() }) });
const POLL_MS = 10;

export function openSearchIndex(options: { url: string; apiKey: string; alias: string }): SearchIndexStage {
  const count = async (filter: object): Promise<number> => {
    const reply = await fetch(`${options.url}/collections/${options.alias}/points/count`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'api-key': options.apiKey },
      body: JSON.stringify({ filter, exact: true }),
    });
    const parsed = Counted.safeParse(await reply.json());
    return parsed.success ? parsed.data.result.count : 0; // the collection appears with the first document
  };
  return {
    count,
    async waitForCount(filter, wanted, patienceMs, progress = () => {}) {
      const since = performance.now();
      while (performance.now() - since < patienceMs) {
        const found = await count(filter);
        progress(found);
        if (found >= wanted) return Math.round(performance.now() - since);
        await pause(POLL_MS);
      }
      return undefined;
    },
  };
}

export const keyIs = (docKey: string): object => ({ must: [{ key: 'docKey', match: { value: docKey } }] });
export const kindIs = (kind: string): object => ({ must: [{ key: 'kind', match: { value: kind } }] });
