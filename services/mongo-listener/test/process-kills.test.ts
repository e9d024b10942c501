import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { rollDice } from '@innkeeper/local-stack/demo/world/dice';
import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { reachMongo } from '@innkeeper/local-stack/testing/reach-mongo';
import { firestoreEmulatorHost, pubsubEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { MongoClient } from 'mongodb';
import { expect, test } from 'vitest';
import { collectArrivals } from '../proof/collect-arrivals.ts';
import { findDamage } from '../proof/find-damage.ts';
import { startListenerProcess } from '../proof/listener-process.ts';
import { chatWriter } from '../proof/write-chat.ts';

/** The same judge over real processes, a real Pub/Sub and a real `kill -9`. */
const MAIN = join(import.meta.dirname, '../src/main.ts');
const PROJECT = 'listener-kills';
const KILLS = 2;

test.concurrent.each([1, 2])(
  'nothing is lost when the process is killed in the middle of it all (seed %i)',
  async seed => {
    const dice = rollDice(seed);
    const name = `kills-${randomUUID().slice(0, 8)}`;
    const mongo = await reachMongo();
    const client = await new MongoClient(mongo.uri).connect();
    const session = client.startSession();
    const pubsub = await collectArrivals(pubsubEmulatorHost(), PROJECT, name);
    const writer = chatWriter(client.db(), session, dice, () => new Date());
    const start = () =>
      startListenerProcess({
        args: [MAIN],
        environment: {
          METADATA_SERVER_DETECTION: 'none',
          FIRESTORE_EMULATOR_HOST: firestoreEmulatorHost(),
          PUBSUB_EMULATOR_HOST: pubsubEmulatorHost(),
          GOOGLE_CLOUD_PROJECT: PROJECT,
          // Positions of their own.
          FIRESTORE_OPS_DATABASE: name,
          MONGODB_URI: mongo.uri,
          ROCKETCHAT_USER_ID: 'bot',
          ROCKETCHAT_BOT_USERNAME: 'innkeeper',
          ROCKETCHAT_WEBHOOK_TOKEN: 'a-token',
          QUESTIONS_URL: 'http://127.0.0.1:9/questions',
          INSTANCE_ID: 'listener',
          STATUS_PORT: '0',
          ...pubsub.variables,
        },
      });
    const write = async (writes: number): Promise<void> => {
      for (let left = writes; left > 0; left -= 1) await writer.write();
    };
    // The first copy may pass over what was gone by then.
    const damage = () => {
      const scanned = pubsub.arrivals.filter(({ topic }) => topic === 'backfill').map(({ change }) => change.version);
      const { lost, invented, different } = findDamage(writer.history, pubsub.arrivals, [
        { above: -1, upTo: Math.max(-1, ...scanned) },
      ]);
      return { lost, invented, different };
    };

    await write(20);
    let listener = await start();
    try {
      for (let kills = 0; kills < KILLS; kills += 1) {
        await write(dice.between(5, 40));
        await listener.kill();
        await write(dice.between(0, 10));
        listener = await start();
      }
      await write(20);
      await eventually(damage, ({ lost, different }) => lost.length + different.length === 0);
      expect(await listener.stop()).toBe(0);
      expect(damage()).toEqual({ lost: [], invented: [], different: [] });
    } finally {
      await listener.kill();
      await pubsub.close();
      await session.endSession();
      await client.close();
      await mongo.close();
    }
  },
  120_000,
);
