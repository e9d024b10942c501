import type { Result } from '@innkeeper/shared/result/result';

/** What a parser read; a test in which it could not is wrong. */
export function parsed<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(String(result.error));
  return result.value;
}
