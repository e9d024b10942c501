import type { Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';

/** What answers at a public address. */
export interface Addresses {
  get(url: string): Promise<Result<{ readonly status: number; readonly headers: Headers }, AskError>>;
}
