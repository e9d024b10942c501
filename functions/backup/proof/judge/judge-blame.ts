import type { World } from '../world.ts';
import type { Flaw } from './flaw.ts';

/** Runs that were given up for something that did not happen. */
export function judgeBlame({ chronicle }: World): readonly Flaw[] {
  return chronicle.works.flatMap(({ runId, fate, lostAtMs }) => {
    const run = chronicle.runs.get(runId);
    const failedAtMs = run?.states.find(({ state }) => state === 'deleting' || state === 'failed')?.atMs;
    if (run?.reason === undefined || failedAtMs === undefined) return [];
    const isLost = lostAtMs !== undefined && lostAtMs <= failedAtMs;
    const isRight: Readonly<Record<string, boolean>> = {
      token_stolen: fate.thief !== undefined,
      runner_misbehaved: fate.lies !== undefined,
      runner_outdated: fate.runner.version < '0.1.0' || fate.runner.protocol !== 1,
      server_vanished: isLost || fate.vanishesAfterMs !== undefined || fate.powersOffAfterMs !== undefined,
    };
    return isRight[run.reason] === false
      ? [{ atMs: failedAtMs, text: `${runId} was given up as ${run.reason}, and it was not so` }]
      : [];
  });
}
