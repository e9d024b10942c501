import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Clock } from '../programs/clock.ts';
import type { Trouble } from '../programs/trouble.ts';
import type { HttpProbe } from './http-probe.ts';
import type { Probe } from './worker-probes.ts';

/** A new version takes seconds to be everywhere, a new name a minute to have its certificate. */
const TRIES = 20;
const PAUSE_MS = 5_000;

/** Asks until the answer is right. `make` is called for each attempt, because signatures carry the time. */
export async function untilHealthy(
  what: string,
  make: () => Probe,
  ports: { readonly http: HttpProbe; readonly clock: Clock },
): Promise<Result<void, Trouble>> {
  let last = '';
  let probe = make();
  for (let tried = 0; tried < TRIES; tried += 1) {
    if (tried > 0) {
      await ports.clock.pause(PAUSE_MS);
      probe = make();
    }
    const answer = await ports.http.send(probe.request);
    if (answer.ok && answer.value === probe.expects) return ok(undefined);
    last = answer.ok ? `answered ${answer.value}` : `was ${answer.error === 'timed_out' ? 'silent' : 'not reached'}`;
  }
  return err({
    sentence: `${what} ${last} to ${probe.what} instead of ${probe.expects}, ${TRIES} times.`,
    nextStep: `Read its log: what it refuses, and which variable or secret it misses.`,
  });
}
