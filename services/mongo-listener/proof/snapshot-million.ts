import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startMongo } from '@innkeeper/local-stack/stand-ins/mongodb/start-mongo';
import { type Document, MongoClient } from 'mongodb';
import * as z from 'zod';
import { COLLECTIONS } from '../src/source-document.ts';

/**
 * Fills a MongoDB with many messages and lets a process of its own take a snapshot of them: what its memory rose to, how
 * long it took, and whether every message arrived once. Run it as a program, or from a test with fewer messages.
 */
export const SnapshotProof = z.object({
  arrived: z.int(),
  missing: z.int(),
  twice: z.int(),
  tookMs: z.number(),
  /** The most the process ever had, in bytes. */
  peakRssBytes: z.number(),
});
export type SnapshotProof = z.infer<typeof SnapshotProof>;

export async function proveSnapshot(messages: number): Promise<SnapshotProof> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'innkeeper-snapshot-'));
  // The oplog is of no interest here and would only cost memory.
  const mongo = await startMongo({ stateDirectory, oplogBytesMax: 1_000_000 });
  try {
    await fill(mongo.uri, messages);
    const child = spawn(process.execPath, [fileURLToPath(new URL('./snapshot-process.ts', import.meta.url))], {
      env: {
        ...process.env,
        NODE_OPTIONS: await nodeOptionsOfImage(),
        MONGODB_URI: mongo.uri,
        MESSAGES: String(messages),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    if (child.exitCode !== 0) throw new Error(`the snapshot ended with ${child.exitCode ?? child.signalCode}`);
    return SnapshotProof.parse(JSON.parse(printed));
  } finally {
    await mongo.close();
    await rm(stateDirectory, { recursive: true });
  }
}

/** The heap is as large as where it is deployed. */
async function nodeOptionsOfImage(): Promise<string> {
  const dockerfile = await readFile(new URL('../Dockerfile', import.meta.url), 'utf8');
  const options = /NODE_OPTIONS="?(?<options>[^"\n]*?)"? \\\n/u.exec(dockerfile)?.groups?.options;
  if (options === undefined) throw new Error('the Dockerfile sets no NODE_OPTIONS');
  return options;
}

const INSERT_BATCH = 1_000;

async function fill(uri: string, messages: number): Promise<void> {
  const client = await MongoClient.connect(uri);
  try {
    const collection = client.db().collection<Document & { _id: string }>(COLLECTIONS.message);
    for (let from = 0; from < messages; from += INSERT_BATCH) {
      const count = Math.min(INSERT_BATCH, messages - from);
      await collection.insertMany(Array.from({ length: count }, (_, index) => message(from + index)));
    }
  } finally {
    await client.close();
  }
}

/** As large as an ordinary one, parsed markdown included. */
function message(index: number): Document & { _id: string } {
  const msg = `Home ${index % 97}: the guests ask for a cot and a second set of keys, arrival about ${index % 24}:30`;
  const at = new Date(1_700_000_000_000 + index * 1_000);
  return {
    _id: messageId(index),
    rid: `room${index % 40}`,
    msg,
    md: [{ type: 'PARAGRAPH', value: [{ type: 'PLAIN_TEXT', value: msg }] }],
    ts: at,
    _updatedAt: at,
    u: { _id: `user${index % 30}`, username: `user${index % 30}`, name: `User ${index % 30}` },
    mentions: [],
    channels: [],
    urls: [],
  };
}

/** Not in the order of insertion, as Rocket.Chat's random ids are not. */
const messageId = (index: number): string => `${(index * 7919) % 1000}`.padStart(3, '0') + `-${index}`;

if (import.meta.main) {
  const { values } = parseArgs({ options: { messages: { type: 'string', default: '1000000' } } });
  const proof = await proveSnapshot(z.coerce.number().int().positive().parse(values.messages));
  const perSecond = Math.round((proof.arrived * 1_000) / proof.tookMs);
  console.log(
    `${proof.arrived.toLocaleString('en-GB')} messages in ${(proof.tookMs / 1_000).toFixed(1)} s (${perSecond}/s), ` +
      `${proof.missing} missing, ${proof.twice} twice, peak ${(proof.peakRssBytes / 2 ** 20).toFixed(0)} MiB`,
  );
}
