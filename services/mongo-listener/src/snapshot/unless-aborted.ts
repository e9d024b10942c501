import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** Waits for what may take as long as an outage, but not beyond the end: `stopped` as soon as `signal` aborts. */
export async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<Result<T, { readonly kind: 'stopped' }>> {
  if (signal.aborted) return err({ kind: 'stopped' });
  const stopped = Promise.withResolvers<Result<never, { readonly kind: 'stopped' }>>();
  const stop = (): void => stopped.resolve(err({ kind: 'stopped' }));
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([work.then(ok<T>), stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
