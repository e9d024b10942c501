import type { Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';

/** Secrets of a project by what is known of them without reading one. */
export interface SecretVersions {
  /** The newest usable version; `undefined` where there is none, or no such secret. */
  newest(id: string): Promise<Result<SecretVersion | undefined, AskError>>;
}

export interface SecretVersion {
  /** Counted from 1. */
  readonly number: number;
  readonly madeAt: Date;
}
