import type { Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';

/** Qdrant as far as its set-up and size are concerned. */
export interface VectorCollections {
  /** Where an alias stands; `undefined` where there is none of that name. */
  aliasTarget(alias: string): Promise<Result<string | undefined, AskError>>;
  describe(collection: string): Promise<Result<VectorCollection, AskError>>;
  /** Exact. */
  countPoints(collection: string): Promise<Result<number, AskError>>;
}

export interface VectorCollection {
  readonly status: 'green' | 'yellow' | 'grey' | 'red';
  /** Length of the dense vector; absent where the collection has none of the expected name. */
  readonly dimensions?: number;
}
