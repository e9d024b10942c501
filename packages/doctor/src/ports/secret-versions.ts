import type { Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';

/** Secrets of a project by what is known of them without reading one. */
export interface SecretVersions {
  /** When the newest usable version was made; `undefined` where there is none, or no such secret. */
  newest(id: string): Promise<Result<Date | undefined, AskError>>;
}
