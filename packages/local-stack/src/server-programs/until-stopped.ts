const POLL_MS = 1_000;

/**
 * Resolves when the program is told to end, or when whoever started it is gone: a real server ends everything that a
 * service has left behind.
 */
export function untilStopped(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve());
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) resolve();
  }, POLL_MS);
  return promise.finally(() => clearInterval(watch));
}
