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

/**
 * Answered with status 400, although no text is at fault: no such model, and of Cloudflare's API in general a token that
 * has not the form of one, and an account that is none.
 */
const MISCONFIGURED: ReadonlyMap<number, string> = new Map([
  [5007, 'no such model'],
  [6003, 'no token of Cloudflare’s'],
  [7000, 'no such account'],
  [7003, 'no such account'],
]);

/** `code` as in Cloudflare's list of Workers AI errors, or of its API's own. */
export function workersAiFailure(
  operation: string,
  status: number,
  code: number | undefined,
  retryAfterMs?: number,
): EmbedderError {
  const misfit = code === undefined || status !== 400 ? undefined : MISCONFIGURED.get(code);
  if (misfit !== undefined) return { kind: 'misconfigured', detail: `${operation}: ${misfit} (${code})` };
  return statusFailure(operation, status, code, retryAfterMs);
}
