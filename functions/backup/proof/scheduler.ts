import type { Functions } from './functions.ts';
import type { Night } from './night.ts';
import type { World } from './world.ts';

/** Cloud Scheduler as promised, and as it comes: `sweep` every five minutes, `launch` once a night. */
const MINUTE_MS = 60_000;
const SWEEP_EVERY_MS = 5 * MINUTE_MS;

export function scheduleSweeps({ time, conditions, dice }: World, functions: Functions): void {
  const sweep = (): void => time.begin(() => functions.sweep());
  const tick = (): void => {
    time.at(time.now() + SWEEP_EVERY_MS, tick);
    if (conditions.bite('project_suspended') !== undefined || conditions.bite('sweeps_silent') !== undefined) return;
    const lateMs =
      conditions.bite('sweeps_late') === undefined ? dice.between(0, 3_000) : dice.between(0, 4 * MINUTE_MS);
    time.at(time.now() + lateMs, sweep);
    if (conditions.bite('sweeps_doubled') !== undefined) time.at(time.now() + lateMs + dice.between(0, 2_000), sweep);
  };
  time.at(Math.ceil(time.now() / SWEEP_EVERY_MS) * SWEEP_EVERY_MS, tick);
}

export function scheduleLaunches({ time, conditions, chronicle }: World, functions: Functions, night: Night): void {
  for (const atMs of night.launchesAtMs) {
    time.at(atMs, () => {
      if (conditions.bite('project_suspended') !== undefined) return;
      time.begin(async () => {
        const launched = await functions.launch({ kind: 'schedule' });
        chronicle.note(`scheduler: ${launched === undefined ? 'no answer' : JSON.stringify(launched)}`);
      });
    });
  }
  for (const atMs of night.byHandAtMs) {
    time.at(atMs, () => {
      time.begin(async () => {
        await functions.launch({ kind: 'manual', reason: 'because', acceptSmaller: false });
      });
    });
  }
}
