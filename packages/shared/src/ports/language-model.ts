import type * as z from 'zod/mini';
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
  readonly schema: z.core.$ZodType<T>;
  readonly maxTokens: number;
  readonly timeoutMs: number;
}

export interface Completion<T> extends ModelUse {
  readonly value: T;
}

/** What one completion took. */
export interface ModelUse {
  /** Id of the model that answered. */
  readonly model: string;
  readonly tokensIn: number;
  /** Of `tokensIn`: read from what the vendor kept of an earlier prompt. */
  readonly tokensCached: number;
  /** Reasoning included. */
  readonly tokensOut: number;
  /** Millionths of a US dollar; absent where the price is not known. */
  readonly costMicroUsd?: number;
}

export type ModelError =
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  | { readonly kind: 'timeout'; readonly detail: string }
  /** The reply did not fit the schema. */
  | { readonly kind: 'nonsense'; readonly detail: string }
  /** Key or model id are wrong, model retired. */
  | { readonly kind: 'misconfigured'; readonly detail: string };
