import { wallClock } from '@innkeeper/shared/domain/local-time';
import type { Functions } from './functions.ts';
import { type World, ZONE } from './world.ts';

/**
 * The one who reads what is told: looks every half hour from eight to eight, mends within the hour whatever waits for a
 * person, and starts a run by hand when the night has brought no good one. Who is told nothing does nothing.
 */
const MINUTE_MS = 60_000;
const LOOK_MS = 30 * MINUTE_MS;

export function employPeople(world: World, functions: Functions): void {
  const { time, chronicle, conditions, dice, deadMan } = world;
  let read = 0;
  let alarmsSeen = 0;

  const look = (): void => {
    time.at(time.now() + LOOK_MS, look);
    const { time: clock } = wallClock(ZONE, time.now());
    if (clock < '08:00' || clock >= '20:00') return;
    const alarms = deadMan.alarms();
    for (const { why } of alarms.slice(alarmsSeen))
      chronicle.signal('outside watch', undefined, `no good word: ${why}`);
    alarmsSeen = alarms.length;
    const news = chronicle.signals.slice(read).filter(({ text }) => !/^Backup \S+ ✓/u.test(text));
    read = chronicle.signals.length;
    if (news.length === 0) return;
    time.at(time.now() + dice.between(5, 55) * MINUTE_MS, () => time.begin(act));
  };

  const act = async (): Promise<void> => {
    for (const { fault } of conditions.mend()) chronicle.note(`somebody mends ${fault}`);
    if (hasGoodRun(world)) return;
    await time.pause(dice.between(1, 5) * MINUTE_MS);
    const launched = await functions.launch({ kind: 'manual', reason: 'mended', acceptSmaller: true });
    chronicle.note(`launched by hand: ${launched?.ok === true ? launched.value.runId : 'no run'}`);
  };

  time.at(time.now(), look);
}

/** Since the last time one was due; or one is at work. */
function hasGoodRun({ chronicle, time }: World): boolean {
  const states = [...chronicle.runs.values()].slice(-8).map(run => run.states.at(-1));
  return states.some(
    state =>
      state !== undefined &&
      state.state !== 'failed' &&
      (state.state !== 'done' || state.atMs > time.now() - 20 * 60 * MINUTE_MS),
  );
}
