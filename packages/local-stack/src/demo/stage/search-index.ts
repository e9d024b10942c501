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
  /** Milliseconds until the text of a document is as wanted (`undefined`: not there), or undefined after `patienceMs`. */
  waitForText(
    docKey: string,
    isWanted: (text: string | undefined) => boolean,
    patienceMs: number,
  ): Promise<number | undefined>;
}

const Scrolled = z.object({
  result: z.object({ points: z.array(z.object({ payload: z.object({ text: z.string() }) })) }),
});
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
  const textOf = async (docKey: string): Promise<string | undefined> => {
    const reply = await fetch(`${options.url}/collections/${options.alias}/points/scroll`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'api-key': options.apiKey },
      body: JSON.stringify({ filter: keyIs(docKey), limit: 1, with_payload: ['text'] }),
    });
    return Scrolled.safeParse(await reply.json()).data?.result.points[0]?.payload.text;
  };
  return {
    count,
    async waitForText(docKey, isWanted, patienceMs) {
      const since = performance.now();
      while (performance.now() - since < patienceMs) {
        if (isWanted(await textOf(docKey))) return Math.round(performance.now() - since);
        await pause(POLL_MS);
      }
      return undefined;
    },
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

const keyIs = (docKey: string): object => ({ must: [{ key: 'docKey', match: { value: docKey } }] });
export const kindIs = (kind: string): object => ({ must: [{ key: 'kind', match: { value: kind } }] });
