import { setTimeout as pause } from 'node:timers/promises';
import { rollDice } from '@innkeeper/local-stack/demo/world/dice';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { MongoClient } from 'mongodb';
import { downstream, type PublishFault } from './downstream.ts';
import { type Damage, findDamage, isWhole } from './find-damage.ts';
import { type Cause, gapsOf, needlessScans } from './gaps-of.ts';
import type { Copy, StartCopy } from './listener-copy.ts';
import type { MongoServer, ServerFaults } from './mongo-server.ts';
import { positionLog } from './position-log.ts';
import { HEALING_CODES, type Schedule, type Step } from './schedule.ts';
import type { StoreFault } from './unreliable-store.ts';
import { type ChatWriter, chatWriter } from './write-chat.ts';

/** What one schedule did, and what was found wrong with it. */
export interface Outcome {
  readonly seed: number;
  readonly damage: Damage;
  /** What is wrong besides, in words: it did not catch up, did not stop, or healed what was not broken. */
  readonly complaints: readonly string[];
  readonly changes: number;
  readonly arrivals: number;
  readonly copies: number;
  readonly healings: number;
}

export const isFlawless = ({ damage, complaints }: Outcome): boolean => isWhole(damage) && complaints.length === 0;

export interface RunOptions {
  readonly server: MongoServer;
  readonly startCopy: StartCopy;
  /** How long the listener has to catch up: milliseconds. */
  readonly patienceMs: number;
}

/** Plays a schedule in a database of its own, waits until all is quiet, and judges. */
export async function runSchedule(schedule: Schedule, options: RunOptions): Promise<Outcome> {
  const { server } = options;
  const client = await new MongoClient(server.uri).connect();
  const database = client.db(`innkeeper_proof_${schedule.seed}`);
  const session = client.startSession();
  try {
    await database.dropDatabase();
    const writer = chatWriter(database, session, rollDice(schedule.seed + 1), () => new Date());
    return await play(schedule, { ...options, writer, database: database.databaseName });
  } finally {
    server.faults?.calm();
    await database.dropDatabase();
    await session.endSession();
    await client.close();
  }
}

interface Stage extends RunOptions {
  readonly writer: ChatWriter;
  readonly database: string;
}

async function play(schedule: Schedule, { server, startCopy, patienceMs, writer, database }: Stage): Promise<Outcome> {
  const dice = rollDice(schedule.seed + 2);
  const known = inMemoryDocumentStore();
  const positions = positionLog(inMemoryDocumentStore());
  const pubsub = downstream(known);
  const publishFaults: PublishFault[] = [];
  const storeFaults: StoreFault[] = [];
  const causes: Cause[] = [];
  const living = new Set<Copy>();
  let started = 0;
  /** Nobody starts another while the schedule itself keeps the listener down. */
  let keptDown = false;

  function start(): void {
    started += 1;
    const copy = startCopy({
      uri: server.uri,
      database,
      // Where two are at once they are strangers; one that follows a dead one has its name.
      instance: `copy-${living.size}`,
      known,
      positions: positions.store,
      pubsub,
      publishFaults,
      storeFaults,
      random: () => dice.between(0, 999) / 1_000,
    });
    living.add(copy);
    const buried = (): void => {
      living.delete(copy);
      if (living.size === 0 && !keptDown) start();
    };
    copy.life.death.addEventListener('abort', buried, { once: true });
  }
  const oldest = (): Copy | undefined => [...living][0];

  async function perform(step: Step): Promise<void> {
    switch (step.kind) {
      case 'write':
        return write(step.writes);
      case 'rest':
        return rest();
      case 'kill':
        oldest()?.life.kill();
        return;
      case 'kill_in':
        oldest()?.life.killIn(step.moments);
        return;
      case 'restart':
        keptDown = true;
        await stopAll();
        keptDown = false;
        start();
        return;
      case 'second_copy':
        start();
        return;
      case 'publish_faults':
        publishFaults.push(...step.faults);
        return;
      case 'store_faults':
        storeFaults.push(...step.faults);
        return;
      case 'messages_lost':
        if (await writer.loseMessages(step.how)) noteCause('event', writer.version());
        return step.restAfterwards ? rest() : undefined;
      case 'history_lost':
        return loseHistory(step.writes, obedient());
      case 'cut':
        return obedient().cut();
      case 'election':
        return obedient().elect();
      case 'stream_fails':
        if (HEALING_CODES.some(code => code === step.code)) noteCause('failure', doneTo());
        return obedient().failStream(step.code);
      case 'answers_lost':
        return obedient().loseAnswers(step.times);
      case 'slow':
        return obedient().slow();
    }
  }

  /** A position may stand right before an event with its version. */
  const doneTo = (): number => (positions.latest?.version ?? 0) - 1;

  function noteCause(kind: Cause['kind'], above: number): void {
    causes.push({
      kind,
      above,
      from: writer.version(),
      healingsBefore: positions.healingsDone.length,
      healingThen: positions.latest?.healing !== undefined,
    });
  }

  function obedient(): ServerFaults {
    if (server.faults === undefined) throw new Error('a real server does none of this when told');
    return server.faults;
  }

  async function write(writes: number): Promise<void> {
    for (let left = writes; left > 0; left -= 1) await writer.write();
  }

  async function loseHistory(writes: number, faults: ServerFaults): Promise<void> {
    keptDown = true;
    for (const copy of living) copy.life.kill();
    await write(writes);
    faults.loseHistory();
    noteCause('failure', doneTo());
    keptDown = false;
    start();
  }

  async function stopAll(): Promise<void> {
    await Promise.all(
      [...living].map(async copy => {
        const inTime = await within(STOP_MS_MAX, Promise.race([copy.stop(), deathOf(copy)]));
        if (!inTime) complaints.push(`a copy took more than ${STOP_MS_MAX} ms to stop`);
        copy.life.kill();
      }),
    );
  }

  async function rest(): Promise<void> {
    await caughtUp();
    await pause(REST_MS);
  }

  async function caughtUp(last?: string): Promise<void> {
    const all = [positions.reached(writer.version()), ...(last === undefined ? [] : [pubsub.arrived(last)])];
    if (await within(patienceMs, Promise.all(all))) return;
    const { snapshot, healing, version } = positions.latest ?? {};
    const doing = healing !== undefined ? 'healing' : snapshot !== undefined ? 'in its snapshot' : 'streaming';
    throw new StuckListener(`it was still ${doing}, ${writer.version() - (version ?? 0)} ticks behind`);
  }

  const complaints: string[] = [];
  await write(schedule.before);
  start();
  try {
    for (const step of schedule.steps) await perform(step);
    publishFaults.length = 0;
    storeFaults.length = 0;
    server.faults?.calm();
    const last = await writer.say();
    await caughtUp(last);
  } catch (error) {
    if (!(error instanceof StuckListener)) throw error;
    complaints.push(`did not catch up: ${error.message}`);
  } finally {
    keptDown = true;
    await stopAll();
  }

  complaints.push(...needlessScans(causes, positions));
  return {
    seed: schedule.seed,
    damage: findDamage(writer.history, pubsub.arrivals, gapsOf(causes, positions)),
    complaints,
    changes: [...writer.history.values()].reduce((sum, steps) => sum + steps.length, 0),
    arrivals: pubsub.arrivals.length,
    copies: started,
    healings: positions.healingsDone.length,
  };
}

const deathOf = ({ life: { death } }: Copy): Promise<void> =>
  new Promise(resolve => death.addEventListener('abort', () => resolve(), { once: true }));

class StuckListener extends Error {}

/** Several reads of a stream that has nothing to say. */
const REST_MS = 100;
/** What the contract gives every process. */
const STOP_MS_MAX = 10_000;

async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const done = new AbortController();
  const tooLate = pause(ms, false, { signal: done.signal }).catch(() => false);
  const inTime = await Promise.race([work.then(() => true), tooLate]);
  done.abort();
  return inTime;
}
