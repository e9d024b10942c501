import * as z from 'zod/mini';
import type { VectorStoreError } from '../../ports/vector-store.ts';

/** What is thrown for an answer that is no success: by the official client, whose class is not exported, and here. */
const AnsweredError = z.object({
  status: z.int(),
  data: z.optional(z.unknown()),
  retryAfterMs: z.optional(z.number()),
});
/** The official client's (1.19.0) for 429 with a pause, in seconds; it keeps only the first digit: a lower bound. */
const ExhaustedError = z.object({ retry_after: z.number() });
const ErrorBody = z.object({ status: z.object({ error: z.string() }) });

/** The HTTP status of a failed call, or undefined when there was no answer. */
export function answeredStatus(thrown: unknown): number | undefined {
  return AnsweredError.safeParse(thrown).data?.status;
}

/**
 * Any failure of a Qdrant call as the port's value. Pure. The detail carries the operation, the status and the
 * category Qdrant gives, never the rest of its sentence: that may quote a payload.
 */
export function toVectorStoreError(operation: string, thrown: unknown): VectorStoreError {
  const exhausted = ExhaustedError.safeParse(thrown);
  if (exhausted.success) {
    return { kind: 'unavailable', detail: `qdrant ${operation}: 429`, retryAfterMs: exhausted.data.retry_after * 1000 };
  }
  const answered = AnsweredError.safeParse(thrown);
  if (!answered.success) {
    return { kind: 'unavailable', detail: `qdrant ${operation}: no usable answer (${reasonOf(thrown)})` };
  }
  const { status, data, retryAfterMs } = answered.data;
  const message = ErrorBody.safeParse(data).data?.status.error ?? '';
  const detail = `qdrant ${operation}: ${status}${categoryOf(message)}`;
  if (status === 429 || status >= 500) {
    return { kind: 'unavailable', detail, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  if (status === 401 || status === 403 || status === 404) return { kind: 'misconfigured', detail };
  const misfit = MISFITS.find(([words]) => message.includes(words));
  if (misfit !== undefined) return { kind: 'misconfigured', detail: `${detail}, ${misfit[1]}` };
  return { kind: 'refused', detail };
}

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : typeof thrown);

/** Qdrant answers 400 for these as for bad input; its words are the only difference. */
const MISFITS: readonly (readonly [string, string])[] = [
  ['Vector dimension error', 'the vector size does not fit the collection'],
  ['Not existing vector name', 'the collection lacks a named vector'],
  ['Index required but not found', 'the collection lacks a payload index'],
];

/** `Wrong input: …` → ` (Wrong input)`; nothing where the words before the colon are not plain letters. */
function categoryOf(message: string): string {
  const category = /^([A-Za-z ]{3,40}):/u.exec(message)?.[1];
  return category === undefined ? '' : ` (${category})`;
}
