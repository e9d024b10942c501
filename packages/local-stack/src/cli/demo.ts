import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '@innkeeper/shared/config/parse-config';
import { findUnsteerable, playDay } from '../demo/play-day.ts';
import { createScreen, type Screen } from '../demo/screen/screen.ts';
import { briefedFromNow } from '../demo/stage/briefed-rooms.ts';
import { buildWorld } from '../demo/world/build-world.ts';
import { waitForOneDay } from '../demo/world/days.ts';
import { ZONES } from '../demo/world/vocabulary.ts';
import { type RunningStack, StackRefused, startStack } from '../supervisor/start-stack.ts';
import { readArguments } from './read-arguments.ts';
import { tellEndpoints } from './tell-endpoints.ts';

/** `./dev demo`: a day at the BnB, end to end, every answer checked against the world it was made from. */
const HELP = `Usage: ./dev demo [--seed NUMBER] [--serve]

Starts the whole system without data, plays a day at a small hospitality company through signed webhooks and chat
messages, and checks every answer against what is true. Exits 1 when an answer is wrong.
  --seed NUMBER  the same company again; a new one is drawn and printed otherwise
  --serve        leaves the system running afterwards, until Ctrl-C`;

/** Only for the bar: how many parts a stack without outside parts has. */
const PARTS_EXPECTED = 16;

/** Longer than the story takes on a busy machine. */
const STORY_MS = 180_000;

const { values } = readArguments(HELP, {
  options: {
    seed: { type: 'string' },
    serve: { type: 'boolean', default: false },
  },
});
process.exitCode = await demo(values.seed, values.serve);

async function demo(wanted: string | undefined, serve: boolean): Promise<number> {
  const seed = wanted === undefined ? randomInt(1, 1_000_000) : Number(wanted);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    console.error('--seed takes a whole number');
    return 2;
  }
  const screen = createScreen(process.stdout);
  const since = performance.now();
  const interruption = new AbortController();
  const interrupted = new Promise<void>(resolve => {
    const interrupt = (): void => {
      interruption.abort();
      resolve();
    };
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  });

  screen.title('Innkeeper: a day at the BnB');
  screen.line(`seed ${seed}; the same day again: ./dev demo --seed ${seed}`);
  let stack: RunningStack | undefined;
  try {
    await waitForItsDay(screen, interruption.signal);
    stack = await startWithProgress(screen, interruption.signal);
    const unsteerable = findUnsteerable(stack);
    if (unsteerable.length > 0) {
      throw new StackRefused(`The demo steers its vendors itself: unset ${unsteerable.join(', ')} and start again.`);
    }
    const verdicts = await Promise.race([playDay(stack, buildWorld(seed, new Date()), screen), interrupted]);
    if (verdicts === undefined) return 130;
    const seconds = ((performance.now() - since) / 1000).toFixed(0);
    screen.title('The end of the day');
    screen.line(`${verdicts.passed} checks hold, ${verdicts.failed} do not; ${seconds} s in all.`);
    console.log(`${verdicts.passed} passed, ${verdicts.failed} failed`);
    if (serve) {
      tellEndpoints(stack.stack());
      await interrupted;
    }
    return verdicts.failed === 0 ? 0 : 1;
  } catch (error) {
    if (interruption.signal.aborted) return 130;
    if (!(error instanceof StackRefused || error instanceof ConfigError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await stack?.stop();
  }
}

/** "Today" has to mean the same at the end of the story as at its beginning, in every home. */
async function waitForItsDay(screen: Screen, signal: AbortSignal): Promise<void> {
  const waitMs = waitForOneDay(ZONES, new Date(), STORY_MS);
  if (waitMs === 0) return;
  screen.line(`A day ends while the story would be told; it begins in ${Math.ceil(waitMs / 1000)} s.`);
  await sleep(waitMs, undefined, { signal });
}

/** The parts that are ready so far, as a bar that fills. */
async function startWithProgress(screen: Screen, signal: AbortSignal): Promise<RunningStack> {
  const since = performance.now();
  const starting = screen.progress('Starting the system');
  let ready = 0;
  const stack = await startStack({
    environment: briefedFromNow(process.env, new Date()),
    fresh: true,
    tell: line => {
      if (line.includes(' is ready ')) ready += 1;
      starting.at(ready, PARTS_EXPECTED);
    },
    signal,
  });
  starting.done(
    `${stack.stack().processes.length} processes after ${((performance.now() - since) / 1000).toFixed(1)} s`,
  );
  return stack;
}
