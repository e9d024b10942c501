import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '@innkeeper/shared/log/log';
import { HEALTHY, isLost, observe, probe } from './health.ts';
import type { Part } from './part.ts';
import { countFailure, restartDelayMs } from './restart-delay.ts';
import { type PartProcess, type RunPlaces, runPart } from './run-part.ts';

/** Keeps one part running: starts it, waits until it is well, watches it, and starts it again when it is not. */
export interface KeptPart {
  readonly part: Part;
  /** Resolves once it is well for the first time; rejects with the end of its log when that fails. */
  readonly ready: Promise<void>;
  /** The present process; the last one while a new one is being started. */
  pid(): number;
  isWell(): boolean;
  /** Since when the present process runs. */
  startedAt(): Date;
  /** How often it had to be started again. */
  restarts(): number;
  /** Stops it for good; resolves when it is gone. */
  stop(): Promise<void>;
}

export interface KeepRunningOptions {
  readonly places: RunPlaces;
  readonly log: Log;
  /** Called with the pid at each start, before anything else can happen. */
  readonly onStarted: (pid: number) => void;
  /** Called each time it becomes well. */
  readonly onWell: () => void;
}

/** Generous: a cold JVM on a machine that starts a dozen processes at once. */
const START_MS_MAX = 60_000;
/** The first start is given up after this many attempts; later ones go on for ever, ever more slowly. */
const FIRST_ATTEMPTS_MAX = 3;
const STARTING_POLL_MS = 100;
const WELL_POLL_MS = 1_000;
const ILL_POLL_MS = 250;
const LOG_TAIL_LINES = 12;

export function keepRunning(part: Part, options: KeepRunningOptions): KeptPart {
  const stopping = new AbortController();
  const state = { process: undefined as PartProcess | undefined, startedAt: new Date(), well: false, starts: 0 };
  const { log } = options;

  const start = async (): Promise<PartProcess> => {
    const running = await runPart(part, options.places);
    options.onStarted(running.pid);
    Object.assign(state, { process: running, startedAt: new Date(), starts: state.starts + 1 });
    return running;
  };

  /** Runs one process to its end; resolves with how long it had been well. */
  const runOnce = async (running: PartProcess, onWell: () => void): Promise<number> => {
    let wellSince: number | undefined;
    const over = new AbortController();
    const ended = running.ended.then(how => {
      over.abort();
      return how;
    });
    const becameWell = await untilWell(part, over.signal, () => stopping.signal.aborted);
    if (becameWell) {
      wellSince = performance.now();
      state.well = true;
      onWell();
      const lost = await untilLost(part, over.signal);
      if (lost && !stopping.signal.aborted) log.warn('part.unwell', { part: part.name, pid: running.pid });
    }
    if (stopping.signal.aborted) await running.stop();
    else running.kill();
    const how = await ended;
    state.well = false;
    if (!stopping.signal.aborted) log.warn('part.ended', { part: part.name, pid: running.pid, how });
    return wellSince === undefined ? 0 : performance.now() - wellSince;
  };

  /** Resolves with how long it had been well, also when it could not even be started. */
  const attempt = async (onWell: () => void): Promise<number> => {
    try {
      return await runOnce(await start(), onWell);
    } catch (error) {
      state.starts += 1;
      log.error('part.not_started', { part: part.name, error: String(error) });
      return 0;
    }
  };

  const first = Promise.withResolvers<void>();
  const loop = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const wellForMs = await attempt(() => {
        first.resolve();
        options.onWell();
      });
      failures = countFailure(failures, wellForMs);
      if (state.starts === failures && failures >= FIRST_ATTEMPTS_MAX) throw new Error(neverWell(part, options.places));
      await delay(restartDelayMs(failures), undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const over = loop().catch((error: unknown) => {
    first.reject(error);
    log.error('part.given_up', { part: part.name, error: String(error) });
  });

  return {
    part,
    ready: first.promise,
    pid: () => state.process?.pid ?? 0,
    isWell: () => state.well,
    startedAt: () => state.startedAt,
    restarts: () => state.starts - 1,
    async stop() {
      stopping.abort();
      first.resolve(); // Nobody needs to wait for it any longer.
      await state.process?.stop();
      await over;
    },
  };
}

async function untilWell(part: Part, over: AbortSignal, isStopping: () => boolean): Promise<boolean> {
  const deadline = performance.now() + START_MS_MAX;
  while (!over.aborted && !isStopping() && performance.now() < deadline) {
    if ((await probe(part.health)) === 'well') return !over.aborted;
    await pause(STARTING_POLL_MS, over);
  }
  return false;
}

/** True when it is lost, false when it ended by itself. */
async function untilLost(part: Part, over: AbortSignal): Promise<boolean> {
  let illness = HEALTHY;
  while (!over.aborted) {
    await pause(illness === HEALTHY ? WELL_POLL_MS : ILL_POLL_MS, over);
    if (over.aborted) return false;
    illness = observe(illness, await probe(part.health));
    if (isLost(illness)) return true;
  }
  return false;
}

/** Ends early, without complaint, when the process does. */
const pause = (milliseconds: number, over: AbortSignal): Promise<unknown> =>
  delay(milliseconds, undefined, { signal: over }).catch(() => undefined);

function neverWell(part: Part, places: RunPlaces): string {
  const tail = readFileSync(places.logFile, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES);
  return `${part.name} does not start. The end of ${places.logFile}:\n${tail.map(line => `  ${line}`).join('\n')}`;
}
