import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { firestoreRest } from '@innkeeper/shared/adapters/firestore/firestore-rest';
import { createLog } from '@innkeeper/shared/log/log';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { ok } from '@innkeeper/shared/result/result';
import { startGoogle } from '../google/start-google.ts';
import { generateWorkloadKey } from '../google/workload-key.ts';
import type { Backlog } from '../queues/queue-store.ts';
import { startWorkers } from '../workers-host/start-workers.ts';

/** One Worker as deployed, in workerd, before the Firestore emulator with Google's authentication in front of it. */
export interface TestWorker {
  readonly url: string;
  /** The same project, seen by the test without authentication. */
  readonly store: DocumentStore;
  /** Whether Firestore can be reached by the Worker. */
  setFirestoreDown(down: boolean): void;
  /** Resolves once no message is due or being worked on; delayed ones may remain. */
  quiet(): Promise<void>;
  /** Resolves once no message is left, delayed ones included. */
  idle(): Promise<void>;
  /** Ends workerd and starts it again with what it had stored; the address changes. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface TestWorkerOptions {
  readonly name: string;
  /** The Worker's folder, with its `wrangler.jsonc`. */
  readonly directory: string;
  readonly firestoreHost: string;
  /** Besides Google's, which are set here. */
  readonly variables: Readonly<Record<string, string>>;
}

const POLL_MS = 10;

const workload = {
  audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/tests/providers/tests',
  issuer: 'https://tests.example.com',
  subject: 'worker',
};

export async function startTestWorker(options: TestWorkerOptions): Promise<TestWorker> {
  const stateDirectory = mkdtempSync(path.join(tmpdir(), 'innkeeper-test-worker-'));
  const projectId = `tests-${randomUUID().slice(0, 8)}`; // files share the emulator and keep apart by project
  const key = await generateWorkloadKey();
  const google = await startGoogle({
    port: 0,
    stateDirectory: path.join(stateDirectory, 'google'),
    firestoreHost: options.firestoreHost,
    workload: { ...workload, publicKeys: [key.publicKey] },
  });
  const start = () =>
    startWorkers({
      stateDirectory: path.join(stateDirectory, 'workers'),
      log: createLog('workers-host', () => undefined),
      workers: [
        {
          directory: options.directory,
          variables: {
            GOOGLE_CLOUD_PROJECT: projectId,
            FIRESTORE_BASE_URL: `${google.url}/v1`,
            GOOGLE_STS_URL: `${google.url}/v1/token`,
            GOOGLE_WORKLOAD_AUDIENCE: workload.audience,
            GOOGLE_WORKLOAD_ISSUER: workload.issuer,
            GOOGLE_WORKLOAD_SUBJECT: workload.subject,
            GOOGLE_WORKLOAD_KEY: JSON.stringify(key.privateKey),
            ...options.variables,
          },
        },
      ],
    });
  let workers = await start();
  const until = async (isDone: (backlog: Backlog) => boolean): Promise<void> => {
    while (!Object.values(workers.queues.backlogs()).every(isDone)) await delay(POLL_MS);
  };
  return {
    get url() {
      return workers.urlOf(options.name);
    },
    store: firestoreRest({
      baseUrl: `http://${options.firestoreHost}/v1`,
      project: projectId,
      database: '(default)',
      tokens: { token: () => Promise.resolve(ok('owner')) },
      fetch: (...call) => fetch(...call),
      random: () => Math.random(),
      sleep: async milliseconds => {
        await delay(milliseconds);
      },
    }),
    setFirestoreDown: down => google.setFaults(down ? { pathPrefix: '/v1/projects/', status: 503 } : {}),
    async restart() {
      await workers.close();
      workers = await start();
    },
    quiet: () => until(({ due, inFlight }) => due + inFlight === 0),
    idle: () => until(({ due, inFlight, delayed }) => due + inFlight + delayed === 0),
    async close() {
      await workers.close();
      await google.close();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}
