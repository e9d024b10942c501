import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { startMongo } from '../stand-ins/mongodb/start-mongo.ts';

/** The MongoDB of one test file. I/O. */
export interface ReachedMongo {
  /** Of a database of its own, which is in the path. */
  readonly uri: string;
  /** Drops that database and all whose names continue its name. */
  close(): Promise<void>;
}

const address = process.env['MONGODB_URI'] || undefined;

/** For the titles of tests, which say what they were run on. */
export const REACHED_MONGO = address === undefined ? 'the stand-in of MongoDB' : 'MongoDB';

/** The replica set that `MONGODB_URI` names; without it a stand-in of our own. What needs faults starts that one. */
export async function reachMongo(): Promise<ReachedMongo> {
  const database = `innkeeper_test_${randomBytes(6).toString('hex')}`;
  if (address === undefined) return startMongo({ database });
  const uri = withDatabase(address, database);
  return { uri, close: () => dropDatabases(uri, database) };
}

/** Who is asked for a password keeps being asked where the address says; it may name several hosts. */
export function withDatabase(uri: string, database: string): string {
  const { servers = '', named = '', query = '' } = ADDRESS.exec(uri)?.groups ?? {};
  const options = new URLSearchParams(query);
  if (servers.includes('@') && !options.has('authSource')) options.set('authSource', named || 'admin');
  return `${servers}/${database}?${options.toString()}`;
}

const ADDRESS = /^(?<servers>mongodb(?:\+srv)?:\/\/[^/?]+)\/?(?<named>[^?]*)\??(?<query>.*)$/u;

async function dropDatabases(uri: string, prefix: string): Promise<void> {
  const client = new MongoClient(uri);
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const { name } of databases) if (name.startsWith(prefix)) await client.db(name).dropDatabase();
  } finally {
    await client.close();
  }
}
