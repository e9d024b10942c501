/** Embeddings through a Worker's `AI` binding: no key and no third party on the way. */
import type { Embedder } from '../../ports/embedder.ts';
import { err, ok } from '../../result/result.ts';
import { embedInBatches } from './embed-in-batches.ts';
import { WorkersAiEmbeddings, workersAiFailure, workersAiInput } from './workers-ai-format.ts';

/** The part of Cloudflare's `Ai` binding that is used. */
export interface WorkersAi {
  run(model: string, input: Readonly<Record<string, unknown>>): Promise<unknown>;
}

const OPERATION = 'workers-ai run';
const TIMEOUT_MS = 5_000; // a batch takes well under a second; a question as a whole has 8 s

export function workersAiBindingEmbedder(options: { ai: WorkersAi; model: string; dimensions: number }): Embedder {
  return embedInBatches(options.model, options.dimensions, async (texts, purpose) => {
    const { promise: timeout, resolve } = Promise.withResolvers<typeof TIMED_OUT>();
    const timer = setTimeout(() => resolve(TIMED_OUT), TIMEOUT_MS);
    try {
      const input = workersAiInput(options.model, texts, purpose);
      const reply = await Promise.race([options.ai.run(options.model, input), timeout]);
      if (reply === TIMED_OUT) return err({ kind: 'unavailable', detail: `${OPERATION} timed out` });
      const parsed = WorkersAiEmbeddings.safeParse(reply);
      if (!parsed.success) return err({ kind: 'unavailable', detail: `${OPERATION} answered outside its format` });
      return ok(parsed.data.data);
    } catch (error) {
      return err(thrownFailure(error));
    } finally {
      clearTimeout(timer);
    }
  });
}

const TIMED_OUT = Symbol('timed out');

/** The binding throws errors whose message begins with the internal code, such as `5007: …`; the rest is not passed on. */
function thrownFailure(error: unknown) {
  const code = error instanceof Error ? Number.parseInt(/\b\d{4}\b/u.exec(error.message)?.[0] ?? '', 10) : Number.NaN;
  return workersAiFailure(OPERATION, STATUS_BY_CODE[code] ?? 500, Number.isNaN(code) ? undefined : code);
}

/** From Cloudflare's list of Workers AI errors; what is missing there counts as passing. */
const STATUS_BY_CODE: Readonly<Record<number, number>> = {
  3003: 400,
  3006: 413,
  3007: 408,
  3008: 408,
  3023: 403,
  3036: 429,
  3040: 429,
  3041: 403,
  3042: 404,
  5004: 400,
  5007: 400,
  5016: 403,
  5018: 403,
};
