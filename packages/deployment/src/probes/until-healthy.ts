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
  for (let tried = 1; ; tried += 1) {
    const probe = make();
    const trouble = judge(what, probe, await ports.http.send(probe.request));
    if (trouble === undefined) return ok(undefined);
    if (tried === TRIES) return err(trouble);
    await ports.clock.pause(PAUSE_MS);
  }
}

/** Undefined: the answer is right. */
function judge(
  what: string,
  { what: asked, expects, from }: Probe,
  answer: Awaited<ReturnType<HttpProbe['send']>>,
): Trouble | undefined {
  const unwell = (how: string): Trouble => ({
    sentence: `${what} ${how} to ${asked} instead of ${expects}, ${TRIES} times.`,
    nextStep: 'Read its log: what it refuses, and which variable or secret it misses.',
  });
  if (!answer.ok) return unwell(answer.error === 'timed_out' ? 'was silent' : 'was not reached');
  const { status, version } = answer.value;
  if (status !== expects) return unwell(`answered ${status}`);
  if (from === undefined || version === from) return undefined;
  // Until a change is everywhere, Cloudflare passes over the override, and what served before answers, and well.
  return {
    sentence: `${what} was asked for ${asked}, and ${version ?? 'a version without a name'} answered, ${TRIES} times.`,
    nextStep: 'See `wrangler deployments status` for whether it is part of the deployment, then run this again.',
  };
}
