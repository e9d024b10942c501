import { startMongo } from '@innkeeper/local-stack/stand-ins/mongodb/start-mongo';

/** The MongoDB that schedules are played on. */
export interface MongoServer {
  readonly uri: string;
  /** What only the stand-in does when told; absent where the server is a real replica set. */
  readonly faults?: ServerFaults;
  close(): Promise<void>;
}

export interface ServerFaults {
  /** Ends every connection now. */
  cut(): void;
  /** Has the primary step down, and up again after a moment. */
  elect(): Promise<void>;
  /** Forgets everything in the oplog up to now. */
  loseHistory(): void;
  /** Lets the next reads of the change stream fail with this code of MongoDB's. */
  failStream(code: number): void;
  /** Does the next reads of the change stream, but breaks the connection instead of answering. */
  loseAnswers(times: number): void;
  /** Lets reads of the change stream take their time. */
  slow(): void;
  /** From now on nothing goes wrong any more. */
  calm(): void;
}

/** A real replica set where `uri` names one; else a stand-in of our own in this process. */
export async function reachMongo(uri: string | undefined): Promise<MongoServer> {
  if (uri !== undefined) return { uri, close: () => Promise.resolve() };
  const mongo = await startMongo({ log: () => undefined });
  return {
    uri: mongo.uri,
    faults: {
      cut: () => mongo.cut(),
      elect: () => mongo.elect({ downMs: ELECTION_MS }),
      loseHistory: () => mongo.forgetHistory(),
      failStream: code => mongo.setFaults({ failures: [{ command: 'getMore', times: 1, effect: 'error', code }] }),
      loseAnswers: times => mongo.setFaults({ failures: [{ command: 'getMore', times, effect: 'lose_reply' }] }),
      slow: () => mongo.setFaults({ delayMs: { getMore: SLOW_MS, aggregate: SLOW_MS } }),
      calm: () => mongo.setFaults({}),
    },
    close: () => mongo.close(),
  };
}

/** Real ones take seconds: as long as a driver needs to notice is long enough. */
const ELECTION_MS = 5;
const SLOW_MS = 20;
