import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { firestoreRest } from '@innkeeper/shared/adapters/firestore/firestore-rest';
import { Secret } from '@innkeeper/shared/config/secret';
import { createLog } from '@innkeeper/shared/log/log';
import { createOperateClient, type OperateClient } from '@innkeeper/shared/operate/operate-client';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { ok } from '@innkeeper/shared/result/result';
import { startGoogle } from '../google/start-google.ts';
import { generateWorkloadKey } from '../google/workload-key.ts';
import { type ProducerOutage, QUEUE_NAME_HEADER } from '../queues/producer-server.ts';
import type { Backlog } from '../queues/queue-store.ts';
import { startWorkers } from '../workers-host/start-workers.ts';

/** One Worker as deployed, in workerd, before the Firestore emulator with Google's authentication in front of it. */
export interface TestWorker {
  readonly url: string;
  /** Its Google Cloud project, one for each test Worker. */
  readonly projectId: string;
  /** The same project, seen by the test without authentication. */
  readonly store: DocumentStore;
  /** Whether Firestore can be reached by the Worker. */
  setFirestoreDown(down: boolean): void;
  /** Whether the Worker's queues take what it sends. */
  setQueueOutage(outage: ProducerOutage): void;
  /** Puts a message on a queue, as any producer could. */
  putOnQueue(queue: string, message: unknown): Promise<void>;
  /** Runs one of the Worker's crons now. */
  runCron(cron: string): Promise<void>;
  /** Resolves once no message is due or being worked on; delayed ones may remain. */
  quiet(): Promise<void>;
  /** Resolves once no message is left, delayed ones included. */
  idle(): Promise<void>;
  /** Resolves once no delivery is left anywhere and nothing that was marked is still to be read; for webhook Workers. */
  settled(): Promise<void>;
  /** The Worker as its operator speaks to it; for webhook Workers. */
  operator(): OperateClient;
  /** Ends workerd and starts it again with what it had stored; the address changes. */
  restart(): Promise<void>;
  /** The same, but workerd dies by SIGKILL in the middle of what it does. */
  kill(): Promise<void>;
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
/** The webhook Workers' cron that puts on the queue what the queue did not take. */
const SWEEP = '* * * * *';

/** What the Worker under test takes from its operators. */
export const OPERATOR_TOKEN = 'operator-of-the-tests';

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
      cronsOnDemandOnly: true,
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
            OPERATOR_TOKENS: OPERATOR_TOKEN,
            PUBLIC_URL: 'https://worker.tests.example',
            ...options.variables,
          },
        },
      ],
    });
  let workers = await start();
  const until = async (isDone: (backlog: Backlog) => boolean): Promise<void> => {
    while (!Object.values(workers.queues.backlogs()).every(isDone)) await delay(POLL_MS);
  };
  const idle = () => until(({ due, inFlight, delayed }) => due + inFlight + delayed === 0);
  const operator = () =>
    createOperateClient({
      origin: workers.urlOf(options.name),
      token: new Secret(OPERATOR_TOKEN),
      fetch: (...call) => fetch(...call),
    });
  const runCron = async (cron: string): Promise<void> => {
    if (!(await workers.crons.run(options.name, cron))) throw new Error(`${options.name} has no cron ${cron}`);
  };
  const isSettled = async (): Promise<boolean> => {
    const state = await operator().state();
    if (!state.ok) throw new Error(`${state.error.kind}: ${state.error.detail}`);
    const { backlog, unsent } = state.value;
    if (unsent > 0) await runCron(SWEEP); // a busy machine's queue may have been too slow to answer
    return unsent + backlog.byLane.live + backlog.byLane.backfill === 0;
  };
  return {
    get url() {
      return workers.urlOf(options.name);
    },
    projectId,
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
    setQueueOutage: outage => workers.queues.setOutage(outage),
    async putOnQueue(queue, message) {
      const headers = { [QUEUE_NAME_HEADER]: queue, 'x-msg-fmt': 'json' };
      const address = `http://${workers.queues.producerAddress}/message`;
      const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(message) });
      if (!answer.ok) throw new Error(`the queue refused: ${answer.headers.get('CF-Queues-Error-Cause')}`);
    },
    async restart() {
      await workers.close();
      workers = await start();
    },
    async kill() {
      process.kill(workers.workerdPid, 'SIGKILL');
      await workers.close();
      workers = await start();
    },
    runCron,
    quiet: () => until(({ due, inFlight }) => due + inFlight === 0),
    idle,
    async settled() {
      do {
        await delay(POLL_MS);
        await idle();
      } while (!(await isSettled()));
    },
    operator,
    async close() {
      await workers.close();
      await google.close();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}
