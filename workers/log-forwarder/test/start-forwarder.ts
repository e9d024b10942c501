import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEPT_ENTRIES_PATH, KeptEntries } from '@innkeeper/local-stack/google/log-entries';
import { startGoogle } from '@innkeeper/local-stack/google/start-google';
import { generateWorkloadKey } from '@innkeeper/local-stack/google/workload-key';
import type { Faults } from '@innkeeper/local-stack/stand-ins/stand-in-server';
import { startWorkers } from '@innkeeper/local-stack/workers-host/start-workers';
import { createLog } from '@innkeeper/shared/log/log';

export const PROJECT = 'inn';
const HERE = import.meta.dirname;
const WORKLOAD = {
  audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/tests/providers/log-forwarder',
  issuer: 'https://tests.example.com',
  subject: 'log-forwarder',
};

/** A Worker that fails, the forwarder that is told of it, and Google, which answers. */
export async function startForwarder() {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'log-forwarder-'));
  const key = await generateWorkloadKey();
  const google = await startGoogle({
    port: 0,
    stateDirectory: join(stateDirectory, 'google'),
    firestoreHost: '127.0.0.1:9', // It writes logs and nothing else.
    workload: { ...WORKLOAD, publicKeys: [key.publicKey] },
  });
  const consoleLines: string[] = [];
  const workers = await startWorkers({
    stateDirectory: join(stateDirectory, 'workers'),
    log: createLog('workers-host', () => undefined),
    cronsOnDemandOnly: true,
    onWorkerLog: line => consoleLines.push(line),
    workers: [
      {
        directory: join(HERE, '..'),
        variables: {
          ENVIRONMENT_NAME: 'tests',
          LOGGING_BASE_URL: `${google.url}/v2`,
          GOOGLE_CLOUD_PROJECT: PROJECT,
          GOOGLE_STS_URL: `${google.url}/v1/token`,
          GOOGLE_WORKLOAD_AUDIENCE: WORKLOAD.audience,
          GOOGLE_WORKLOAD_ISSUER: WORKLOAD.issuer,
          GOOGLE_WORKLOAD_SUBJECT: WORKLOAD.subject,
          GOOGLE_WORKLOAD_KEY: JSON.stringify(key.privateKey),
        },
      },
      { directory: join(HERE, 'fixtures/producer'), variables: {} },
    ],
  });
  const producer = workers.urlOf('producer');
  return {
    healthUrl: `${workers.urlOf('log-forwarder')}/healthz`,
    /** What the Workers wrote to their consoles. */
    consoleLines,
    /** Lets the producer do what this path stands for. */
    ask: (path: string) => fetch(`${producer}${path}`, { headers: { 'x-guest': 'Ada', authorization: 'Bearer hush' } }),
    runCron: () => workers.crons.run('producer', '17 2 * * *'),
    entries: async () => KeptEntries.parse(await (await fetch(`${google.url}${KEPT_ENTRIES_PATH}`)).json()).entries,
    setFaults: (faults: Faults) => google.setFaults(faults),
    async close() {
      await workers.close();
      await google.close();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}
