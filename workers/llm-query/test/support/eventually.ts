import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 15;

/** Asks until the answer is as wanted; the test's own timeout ends a wait in vain. */
export async function eventually<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    await delay(POLL_MS);
  }
}
