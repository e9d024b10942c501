/**
 * The end of a process of the local stack: SIGTERM and SIGINT close it in order, and it leaves by itself when that
 * takes longer than the supervisor allows.
 */
const CLOSE_MS_MAX = 9_000; // The contract gives every process ten seconds.

export function stopOnSignal(name: string, close: () => Promise<void>): void {
  const stop = (): void => {
    const late = setTimeout(() => leave(name, new Error(`not closed after ${CLOSE_MS_MAX} ms`)), CLOSE_MS_MAX);
    close().then(
      () => {
        clearTimeout(late);
        process.exit(0);
      },
      (error: unknown) => leave(name, error),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.removeAllListeners(signal); // Miniflare's ends the process at once, with work in hand.
    process.once(signal, stop);
  }
}

/** Exits with 1 and says why, so that the supervisor starts the process anew. */
export function leave(name: string, reason: unknown): never {
  console.error(JSON.stringify({ severity: 'ERROR', process: name, event: 'process.left', error: String(reason) }));
  process.exit(1);
}
