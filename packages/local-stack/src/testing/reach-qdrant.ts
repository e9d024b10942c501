import { randomBytes } from 'node:crypto';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { Secret } from '@innkeeper/shared/config/secret';
import { startQdrant } from '../stand-ins/qdrant/start-qdrant.ts';

/** The Qdrant of one test file. I/O. */
export interface ReachedQdrant {
  readonly url: string;
  readonly apiKey: string;
  readonly readOnlyApiKey: string;
  /** Begins the names of all its collections and aliases, so that no other file meets them. */
  readonly prefix: string;
  /** Deletes the collections of that prefix, with their aliases. */
  close(): Promise<void>;
}

const address = process.env['QDRANT_URL'] || undefined;

/** For the titles of tests, which say what they were run on. */
export const REACHED_QDRANT = address === undefined ? 'the stand-in of Qdrant' : 'Qdrant';

/**
 * The server that `QDRANT_URL` names, with `QDRANT_API_KEY` and `QDRANT_READ_ONLY_API_KEY`; without it a stand-in of
 * our own. What needs faults starts that one.
 */
export async function reachQdrant(): Promise<ReachedQdrant> {
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  if (address === undefined) {
    const keys = { apiKey: 'full-key', readOnlyApiKey: 'read-only-key' };
    const standIn = await startQdrant({ port: 0, ...keys });
    return { url: standIn.url, ...keys, prefix, close: () => standIn.close() };
  }
  const [apiKey, readOnlyApiKey] = [keyOf('QDRANT_API_KEY'), keyOf('QDRANT_READ_ONLY_API_KEY')];
  return { url: address, apiKey, readOnlyApiKey, prefix, close: () => deleteCollections(address, apiKey, prefix) };
}

/** Deletes the collections whose names begin so; Qdrant takes their aliases with them. */
export async function deleteCollections(url: string, apiKey: string, prefix: string): Promise<void> {
  const client = qdrantClient({ url, apiKey: new Secret(apiKey) });
  const { collections } = await client.getCollections();
  for (const { name } of collections) if (name.startsWith(prefix)) await client.deleteCollection(name);
}

function keyOf(variable: string): string {
  const key = process.env[variable];
  if (key) return key;
  throw new Error(`${variable} is missing: the tests on the server of QDRANT_URL need its full and its read-only key`);
}
