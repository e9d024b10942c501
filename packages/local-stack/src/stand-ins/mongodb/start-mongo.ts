import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Cursors } from './server/cursors.ts';
import { FaultSwitch, type MongoFaults } from './server/faults.ts';
import { ReplicaSet, SET_NAME } from './server/replica-set.ts';
import { type ServerLog, serveConnection } from './server/serve-connection.ts';
import { expiry, NO_EXPIRY } from './store/expiry.ts';
import { openMongoStore } from './store/mongo-store.ts';
import { NOOP } from './store/oplog.ts';

export interface MongoOptions {
  /** 0 takes a free port. */
  readonly port?: number;
  /** Where the data survives the process; without it they do not. */
  readonly stateDirectory?: string | undefined;
  /** The database in `uri`. */
  readonly database?: string;
  /** How often the cluster's time moves while nothing is written. */
  readonly noopIntervalMs?: number;
  /** How much history is kept for change streams. */
  readonly oplogBytesMax?: number;
  /** The server's parameters of the same names: whether documents expire, and how often that is looked at. */
  readonly ttlMonitorEnabled?: boolean;
  readonly ttlMonitorSleepSecs?: number;
  readonly log?: ServerLog;
}

export interface MongoStandIn {
  readonly uri: string;
  readonly port: number;
  /** Replaces all faults; `{}` ends them. @throws ZodError for faults there are not. */
  setFaults(faults: MongoFaults): void;
  /** Breaks every connection. */
  cut(): void;
  /** The primary steps down, interrupts what waits, and is elected again after a while. */
  elect(options?: { readonly downMs?: number }): Promise<void>;
  /** No change stream can go back to before this moment. */
  forgetHistory(): void;
  /** Breaks every connection and resolves when all is closed. */
  close(): Promise<void>;
}

/** The real server's own defaults: a no-op every ten seconds, at least 990 MB of oplog, expiry once a minute. */
const [NOOP_INTERVAL_MS, OPLOG_BYTES_MAX, TTL_SLEEP_S] = [10_000, 990_000_000, 60] as const;

const logToConsole: ServerLog = (event, facts) => {
  console.error(JSON.stringify({ severity: 'ERROR', standIn: 'mongodb', event, ...facts }));
};

/**
 * A stand-in of MongoDB 8.0 for machines without the real one: a replica set of one member on 127.0.0.1 that the real
 * driver speaks to. What it acknowledged is durable.
 */
export async function startMongo(options: MongoOptions = {}): Promise<MongoStandIn> {
  const faults = new FaultSwitch();
  const now = (): number => Date.now() + (faults.current.clockSkewSeconds ?? 0) * 1000;
  const oplogBytesMax = options.oplogBytesMax ?? OPLOG_BYTES_MAX;
  const store = openMongoStore({ stateDirectory: options.stateDirectory, oplogBytesMax, now });
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = createServer();
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const replicaSet = new ReplicaSet({ address: `127.0.0.1:${port}`, oplog: store.oplog, term: Date.now() });
  const expires = options.ttlMonitorEnabled ?? true;
  const ttl = expires ? expiry({ ...store, now }) : NO_EXPIRY;
  const services = { store, cursors: new Cursors(), replicaSet, faults, expiry: ttl };
  server.on('connection', socket => {
    if (faults.current.refuse === true) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    connections += 1;
    serveConnection(socket, connections, services, options.log ?? logToConsole);
  });

  const appendNoop = (): void => void store.write(() => store.oplog.append(NOOP));
  const noops = setInterval(appendNoop, options.noopIntervalMs ?? NOOP_INTERVAL_MS);
  const expireAll = (): void => store.write(() => ttl.removeAll());
  const expiring = setInterval(expireAll, (options.ttlMonitorSleepSecs ?? TTL_SLEEP_S) * 1000);
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };

  return {
    uri: `mongodb://127.0.0.1:${port}/${options.database ?? 'rocketchat'}?replicaSet=${SET_NAME}`,
    port,
    setFaults(next) {
      faults.set(next);
      store.oplog.resize(faults.current.oplogBytesMax ?? oplogBytesMax);
    },
    cut,
    async elect({ downMs = 0 } = {}) {
      replicaSet.stepDown();
      if (downMs > 0) await delay(downMs);
      if (!server.listening) return;
      replicaSet.stepUp();
      appendNoop();
    },
    forgetHistory: () => store.oplog.forget(),
    async close() {
      clearInterval(noops);
      clearInterval(expiring);
      const closed = once(server, 'close');
      server.close();
      faults.set({});
      cut();
      await closed;
      store.close();
    },
  };
}
