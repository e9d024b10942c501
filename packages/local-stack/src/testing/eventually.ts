import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 25;
const PATIENCE_MS = 20_000; // under the tests' own limit, so that a wait in vain says what it last saw

/** Asks until the answer is as wanted; otherwise rejects with the last answer. */
export async function eventually<T>(ask: () => Promise<T> | T, isWanted: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(answer)}`);
    await pause(POLL_MS);
  }
}
