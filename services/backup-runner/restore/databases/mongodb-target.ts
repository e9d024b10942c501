import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok } from '@innkeeper/shared/result/result';
import { MongoClient } from 'mongodb';
import type { Namespace } from '../../src/proof-of-restore/mongodb/read-archive.ts';
import type { RestoreResult } from '../failure.ts';

/** A MongoDB that is restored into, or erased in. */
export interface MongodbTarget {
  /** As a person wrote it: without a password. */
  readonly address: string;
  /** With the password; for a program's file, never for its arguments. */
  readonly uri: string;
  /** Documents by `database.collection`, without the server's own databases. */
  countDocuments(): RestoreResult<ReadonlyMap<string, number>>;
  countIn(namespace: Namespace): RestoreResult<number>;
  /** Runs with a connection that is closed afterwards. */
  use<T>(work: (client: MongoClient) => Promise<T>): RestoreResult<T>;
}

const OWN_DATABASES = new Set(['admin', 'config', 'local']);
const SELECTION_MS_MAX = 10_000; // a person waits in front of it

export function mongodbTarget(address: string, password: Secret | undefined): MongodbTarget {
  const uri = withPassword(address, password);
  const use = async <T>(work: (client: MongoClient) => Promise<T>): RestoreResult<T> => {
    try {
      await using client = new MongoClient(uri, { serverSelectionTimeoutMS: SELECTION_MS_MAX });
      return ok(await work(await client.connect()));
    } catch (error) {
      if (!(error instanceof Error && error.name.startsWith('Mongo'))) throw error;
      return err({
        reason: 'database_unreachable',
        sentence: `MongoDB at ${address} does not work: ${error.name}.`,
        nextStep: 'Is it running, is the address right, is RESTORE_MONGODB_PASSWORD set where a password is needed?',
      });
    }
  };
  return {
    address,
    uri,
    use,
    countIn: ({ database, collection }) => use(client => client.db(database).collection(collection).countDocuments({})),
    countDocuments: () =>
      use(async client => {
        const counts = new Map<string, number>();
        const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
        for (const { name: database } of databases) {
          if (OWN_DATABASES.has(database)) continue;
          for await (const { name } of client.db(database).listCollections({ type: 'collection' })) {
            if (name.startsWith('system.')) continue;
            counts.set(`${database}.${name}`, await client.db(database).collection(name).countDocuments({}));
          }
        }
        return counts;
      }),
  };
}

/** The server's own collections are the restoring program's business and are not counted. */
export const isCompanyData = (namespace: string): boolean => {
  const [database = '', ...collection] = namespace.split('.');
  return !OWN_DATABASES.has(database) && collection[0] !== 'system';
};

export function withPassword(address: string, password: Secret | undefined): string {
  if (password === undefined) return address;
  const encoded = encodeURIComponent(password.reveal());
  return address.replace(/^([a-z+]+:\/\/[^@/:]+)@/u, (_, user: string) => `${user}:${encoded}@`);
}
