/** Workers AI's shapes for text embeddings, shared by the binding and the REST API. Pure. */
import * as z from 'zod/mini';
import type { EmbedderError } from '../../ports/embedder.ts';
import { statusFailure } from './provider-errors.ts';

/** Most models take `text`; Qwen's keep questions and documents apart because only questions get an instruction. */
export function workersAiInput(
  model: string,
  texts: readonly string[],
  purpose: 'query' | 'document',
): Readonly<Record<string, readonly string[]>> {
  if (!model.startsWith('@cf/qwen/qwen3-embedding')) return { text: texts };
  return purpose === 'query' ? { queries: texts } : { documents: texts };
}

export const WorkersAiEmbeddings = z.object({ data: z.array(z.array(z.number())) });

const NO_SUCH_MODEL = 5007; // answered with status 400, although the text is not at fault

/** `code` as in Cloudflare's list of Workers AI errors. */
export function workersAiFailure(
  operation: string,
  status: number,
  code: number | undefined,
  retryAfterMs?: number,
): EmbedderError {
  if (code === NO_SUCH_MODEL) return { kind: 'misconfigured', detail: `${operation}: no such model (${code})` };
  return statusFailure(operation, status, code, retryAfterMs);
}
