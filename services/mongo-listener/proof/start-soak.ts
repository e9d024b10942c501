import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { rollDice } from '@innkeeper/local-stack/demo/world/dice';
import { startFirestoreEmulator } from '@innkeeper/local-stack/emulators/firestore';
import { startPubsubEmulator } from '@innkeeper/local-stack/emulators/pubsub';
import { locateEmulators } from '@innkeeper/local-stack/supervisor/locate-emulators';
import { MongoClient } from 'mongodb';
import type { Gap } from './chat-history.ts';
import { collectArrivals } from './collect-arrivals.ts';
import { findDamage } from './find-damage.ts';
import { startListenerProcess } from './listener-process.ts';
import { reachMongo, type ServerFaults } from './mongo-server.ts';
import { chatWriter } from './write-chat.ts';

/** The listener's image beside everything it speaks with, and somebody to use the chat and to make trouble. */
export interface Soak {
  /** Of the listener. */
  readonly pid: number;
  write(): Promise<void>;
  /** The next one of a round of troubles; resolves once it is over. */
  trouble(): Promise<void>;
  /** Waits until all has arrived, a minute at most; answers what has not. */
  settle(): Promise<readonly string[]>;
  readonly changes: number;
  readonly arrivals: number;
  close(): Promise<void>;
}

const PROJECT = 'listener-soak';
const OUTAGE_MS = 15_000;
/** What a history that is lost may take with it: much more than the listener is ever behind here. */
const GAP_TICKS = 60 * 2 ** 21;

export async function startSoak(seed: number, tell: (line: string) => void): Promise<Soak> {
  const jars = await locateEmulators(tell);
  if (!jars.ok) throw new Error(jars.error.detail);
  const home = mkdtempSync(join(tmpdir(), 'listener-soak-'));
  tell('making the content of the image, starting the stand-in and the emulators');
  const [firestore, pubsub, mongo] = await Promise.all([
    startFirestoreEmulator({ projectId: PROJECT, jar: jars.value.firestore }),
    startPubsubEmulator({ jar: jars.value.pubsub }),
    reachMongo(undefined),
    promisify(execFile)(process.execPath, [BUILD, join(home, 'app')]),
  ]);
  const collected = await collectArrivals(pubsub.host, PROJECT, 'soak');
  const listener = await startListenerProcess({
    args: [...NODE_OPTIONS, join(home, 'app/main.js')],
    environment: {
      METADATA_SERVER_DETECTION: 'none',
      FIRESTORE_EMULATOR_HOST: firestore.host,
      PUBSUB_EMULATOR_HOST: pubsub.host,
      GOOGLE_CLOUD_PROJECT: PROJECT,
      MONGODB_URI: mongo.uri,
      ROCKETCHAT_USER_ID: 'bot',
      ROCKETCHAT_BOT_USERNAME: 'innkeeper',
      ROCKETCHAT_WEBHOOK_TOKEN: 'a-token',
      QUESTIONS_URL: 'http://127.0.0.1:9/questions',
      STATUS_PORT: '0',
      ...collected.variables,
    },
  });
  const client = await new MongoClient(mongo.uri).connect();
  const session = client.startSession();
  const writer = chatWriter(client.db(), session, rollDice(seed), () => new Date());
  const lostAt: number[] = [];

  const troubles = (faults: ServerFaults): (() => Promise<void> | void)[] => [
    () => faults.cut(),
    () => faults.elect(),
    async () => {
      process.kill(pubsub.pid, 'SIGSTOP');
      await pause(OUTAGE_MS);
      process.kill(pubsub.pid, 'SIGCONT');
    },
    () => {
      lostAt.push(writer.version());
      faults.failStream(HISTORY_LOST);
    },
    () => faults.loseAnswers(3),
  ];
  const round = mongo.faults === undefined ? [] : troubles(mongo.faults);
  let next = 0;

  function missing(): string[] {
    const scans = collected.arrivals.filter(({ topic }) => topic === 'backfill').map(({ change }) => change.version);
    const gaps = lostAt.flatMap((version): Gap[] => {
      const upTo = Math.min(...scans.filter(scan => scan >= version));
      return Number.isFinite(upTo) ? [{ above: version - GAP_TICKS, upTo }] : [];
    });
    const { lost, different } = findDamage(writer.history, collected.arrivals, gaps);
    return [...lost, ...different];
  }

  return {
    pid: listener.pid,
    write: () => writer.write(),
    trouble: async () => {
      await round[next % round.length]?.();
      next += 1;
    },
    settle: async () => {
      for (let left = SETTLE_LOOKS; left > 0 && missing().length > 0; left -= 1) await pause(SETTLE_EVERY_MS);
      return missing();
    },
    get changes() {
      return [...writer.history.values()].reduce((sum, steps) => sum + steps.length, 0);
    },
    get arrivals() {
      return collected.arrivals.length;
    },
    close: async () => {
      await listener.stop();
      await collected.close();
      await session.endSession();
      await client.close();
      await mongo.close();
      await Promise.all([firestore.close(), pubsub.close()]);
      rmSync(home, { recursive: true });
    },
  };
}

const BUILD = resolve(import.meta.dirname, '../scripts/build-image-content.ts');
/** As the image has them. */
const NODE_OPTIONS = ['--max-old-space-size=192', '--max-semi-space-size=16'];
const HISTORY_LOST = 286;
const SETTLE_LOOKS = 60;
const SETTLE_EVERY_MS = 1_000;
