import type * as z from 'zod';
import type { Result } from '../result/result.ts';

/** A chat model that answers in a given schema. One call, no tools, no retries inside. */
export interface LanguageModel {
  readonly id: string;
  complete<T>(request: CompletionRequest<T>): Promise<Result<Completion<T>, ModelError>>;
}

export interface CompletionRequest<T> {
  readonly system: string;
  readonly user: string;
  readonly schemaName: string;
  readonly schema: z.ZodType<T>;
  readonly maxTokens: number;
  readonly timeoutMs: number;
}

export interface Completion<T> {
  readonly value: T;
  readonly tokensIn: number;
  readonly tokensOut: number;
}

export type ModelError =
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  | { readonly kind: 'timeout'; readonly detail: string }
  /** The reply did not fit the schema. */
  | { readonly kind: 'nonsense'; readonly detail: string }
  /** Key or model id are wrong, model retired. */
  | { readonly kind: 'misconfigured'; readonly detail: string };
