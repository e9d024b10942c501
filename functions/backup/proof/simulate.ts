import { addDays, LocalDate } from '@innkeeper/shared/domain/local-time';
import { dueAtMs } from './days.ts';
import { FAULTS, type FaultPoint } from './fault-points.ts';
import { type CodeUnderTest, functions, THE_CODE } from './functions.ts';
import { judge, type Verdict } from './judge/judge.ts';
import type { Night } from './night.ts';
import { employPeople } from './people.ts';
import { liveServer } from './runner-model.ts';
import { scheduleLaunches, scheduleSweeps } from './scheduler.ts';
import { ORDINARY_FATE } from './server-fate.ts';
import { createWorld, type World, ZONE } from './world.ts';

/**
 * Plays days and nights on the real functions: in virtual time, with seeded trouble, a scheduler, servers, people and a
 * watch outside; then judges what truly happened. The same seed tells the same story.
 */
export interface SimulationOptions {
  readonly seed: number;
  readonly days: number;
  readonly code?: CodeUnderTest;
  /** Those of a night, counted from 0, instead of whatever comes. */
  readonly faults?: (night: number) => readonly FaultPoint[];
  readonly onNight?: () => void;
}

export interface Simulated {
  readonly world: World;
  readonly nights: readonly Night[];
  readonly verdict: Verdict;
}

/** A leap year, with both changes of the clock. */
const FIRST_DAY = LocalDate.parse('2028-01-02');
const HALF_DAY_MS = 12 * 3_600_000;
/** What is begun is brought to its end before it is judged. */
const REST_MS = 20 * 3_600_000;

export async function simulate({
  seed,
  days,
  code = THE_CODE,
  faults,
  onNight,
}: SimulationOptions): Promise<Simulated> {
  const due = (day: LocalDate): number => dueAtMs(day, '02:30', ZONE);
  const world = await createWorld(seed, due(FIRST_DAY) - HALF_DAY_MS);
  const { time } = world;
  const called = functions(world, code);
  world.onServerBorn = model => {
    if (model.userData === '') return; // Nobody's: it only costs.
    const fate = world.fates.splice(0).reduce((one, { change }) => change(one), ORDINARY_FATE);
    time.begin(() => liveServer(world, called, model, fate));
  };
  scheduleSweeps(world, called);
  employPeople(world, called);

  const nights: Night[] = [];
  const draw = deckOfFaults(world);
  for (let index = 0; index < days; index += 1) {
    const day = addDays(FIRST_DAY, index);
    const dueMs = due(day);
    const night: Night = { day, dueAtMs: dueMs, launchesAtMs: [dueMs], byHandAtMs: [] };
    nights.push(night);
    await time.runUntil(dueMs - HALF_DAY_MS);
    // What nobody ran into is over.
    world.callFaults.disarm();
    world.kills.length = 0;
    world.fates.length = 0;
    for (const fault of faults?.(index) ?? draw()) {
      world.chronicle.note(`${day}: ${fault} is in store`);
      FAULTS[fault]({ fault, world, night });
    }
    scheduleLaunches(world, called, night);
    onNight?.();
  }
  await time.runUntil(due(addDays(FIRST_DAY, days - 1)) + REST_MS);
  return { world, nights, verdict: judge(world, nights) };
}

/** Some nights none, some nights several that meet: in a year each fault comes four or five times. */
const FAULTS_A_NIGHT_MAX = 3;

/** Every fault comes round before any comes again, and those that have not struck yet more often. */
function deckOfFaults({ dice, chronicle }: World): () => readonly FaultPoint[] {
  const names = Object.keys(FAULTS) as FaultPoint[];
  let deck: FaultPoint[] = [];
  return () => {
    const count = dice.between(0, FAULTS_A_NIGHT_MAX);
    return Array.from({ length: count }, () => {
      if (deck.length === 0) {
        const unseen = names.filter(name => !chronicle.hits.has(name));
        deck = dice.shuffle([...names, ...unseen, ...unseen]);
      }
      return deck.pop() ?? 'launch_killed';
    });
  };
}
