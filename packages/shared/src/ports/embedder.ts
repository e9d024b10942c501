import type { Result } from '../result/result.ts';

/** Texts to dense vectors. Documents and questions must go through the same model. */
export interface Embedder {
  readonly model: string;
  readonly dimensions: number;
  /** Vectors in the order of `texts`; batching to the provider's limit happens inside. */
  embed(texts: readonly string[], purpose: 'query' | 'document'): Promise<Result<number[][], EmbedderError>>;
}

export type EmbedderError =
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  | { readonly kind: 'misconfigured'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string };
