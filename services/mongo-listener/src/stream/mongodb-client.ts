import { ConfigError } from '@innkeeper/shared/config/parse-config';
import type { Secret } from '@innkeeper/shared/config/secret';
import { MongoClient } from 'mongodb';

/** The driver as the listener uses it: it tells soon that nobody answers, because trying again is our own matter. */
export function mongodbClient(uri: Secret): MongoClient {
  try {
    return new MongoClient(uri.reveal(), {
      appName: 'innkeeper-mongo-listener',
      serverSelectionTimeoutMS: 5_000,
      connectTimeoutMS: 5_000,
      maxPoolSize: 5, // the stream, a scan, lost questions
    });
  } catch {
    // The driver's own message quotes the address, password included.
    throw new ConfigError('mongo-listener', ['MONGODB_URI: is no connection string of MongoDB']);
  }
}

/** The database in the address; Rocket.Chat's own default where it names none. */
export function databaseIn(uri: Secret): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]*)/u.exec(uri.reveal())?.[1];
  return path === undefined || path === '' ? 'rocketchat' : decodeURIComponent(path);
}
