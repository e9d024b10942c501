import { type ChangeStream, type Collection, type Document, MongoClient, Timestamp } from 'mongodb';

/** The database of a Rocket.Chat server, with the names its collections have there. */
export interface ChatDatabase {
  readonly users: Collection<Stored>;
  readonly messages: Collection<Stored>;
  readonly rooms: Collection<Stored>;
  readonly subscriptions: Collection<Stored>;
  readonly teams: Collection<Stored>;
  readonly teamMembers: Collection<Stored>;
  readonly integrations: Collection<Stored>;
  readonly settings: Collection<Stored>;
  /** Every change to users, messages, rooms and subscriptions from this call on. */
  watch(): Promise<ChangeStream>;
  close(): Promise<void>;
}

export interface Stored extends Document {
  readonly _id: string;
}

export const COLLECTION_NAMES = {
  users: 'users',
  messages: 'rocketchat_message',
  rooms: 'rocketchat_room',
  subscriptions: 'rocketchat_subscription',
} as const;

const CONNECTIONS_MAX = 10; // people of one machine; the driver's hundred only cost memory

/** Rejects when no primary is found within the driver's half a minute. */
export async function openChatDatabase(uri: string): Promise<ChatDatabase> {
  const client = new MongoClient(uri, { appName: 'rocketchat-stand-in', maxPoolSize: CONNECTIONS_MAX });
  await client.connect();
  const database = client.db();
  const { users, messages, rooms, subscriptions } = COLLECTION_NAMES;
  return {
    users: database.collection<Stored>(users),
    messages: database.collection<Stored>(messages),
    rooms: database.collection<Stored>(rooms),
    subscriptions: database.collection<Stored>(subscriptions),
    teams: database.collection<Stored>('rocketchat_team'),
    teamMembers: database.collection<Stored>('rocketchat_team_member'),
    integrations: database.collection<Stored>('rocketchat_integrations'),
    settings: database.collection<Stored>('rocketchat_settings'),
    async watch() {
      // The driver opens a stream only when it is read first: without this time, changes until then would be missing.
      const { operationTime } = await database.command({ ping: 1 });
      const followed = { $match: { 'ns.coll': { $in: Object.values(COLLECTION_NAMES) } } };
      return database.watch([followed], {
        fullDocument: 'updateLookup',
        ...(operationTime instanceof Timestamp ? { startAtOperationTime: operationTime } : {}),
      });
    },
    close: () => client.close(),
  };
}
