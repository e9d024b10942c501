import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startAircall } from '@innkeeper/local-stack/stand-ins/aircall/start-aircall';
import type { Faults } from '@innkeeper/local-stack/stand-ins/stand-in-server';
import { startTestWorker, type TestWorker } from '@innkeeper/local-stack/testing/start-test-worker';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';

/** The Worker in workerd, before the Firestore emulator and a stand-in of Aircall's API. */
export interface AircallWorker extends TestWorker {
  /** Address of the stand-in. */
  readonly vendorUrl: string;
  post(body: string, headers?: Record<string, string>): Promise<Response>;
  deliver(payload: object): Promise<Response>;
  setVendorFaults(faults: Faults): Promise<void>;
  /** Ids and fields of a collection's documents. */
  contents(collection: string): Promise<{ path: string; fields: Record<string, unknown> }[]>;
}

export const TOKEN = '0123456789abcdef0123456789abcdef'; // the one in the fixtures
export const SECOND_TOKEN = 'another-token';

export const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../src/__fixtures__/${name}.json`), 'utf8')) as Record<
    string,
    unknown
  >;

export async function startAircallWorker(): Promise<AircallWorker> {
  const vendorState = mkdtempSync(path.join(tmpdir(), 'innkeeper-test-aircall-'));
  const credentials = { apiId: 'tests', apiToken: 'a token of the tests' };
  const aircall = await startAircall({ port: 0, stateDirectory: vendorState, ...credentials });
  const worker = await startTestWorker({
    name: 'aircall-webhook',
    directory: path.resolve(import.meta.dirname, '..'),
    firestoreHost: firestoreEmulatorHost(),
    variables: {
      AIRCALL_WEBHOOK_TOKENS: `${TOKEN}, ${SECOND_TOKEN}`,
      AIRCALL_BASE_URL: `${aircall.url}/v1`,
      AIRCALL_API_ID: credentials.apiId,
      AIRCALL_API_TOKEN: credentials.apiToken,
    },
  });
  const closeWorker = worker.close.bind(worker);
  const post: AircallWorker['post'] = (body, headers = { 'content-type': 'application/json' }) =>
    fetch(`${worker.url}/webhooks/aircall`, { method: 'POST', headers, body });
  return Object.assign(worker, {
    vendorUrl: aircall.url,
    post,
    deliver: payload => post(JSON.stringify(payload)),
    async setVendorFaults(faults) {
      const answer = await fetch(`${aircall.url}/_control/faults`, { method: 'POST', body: JSON.stringify(faults) });
      if (!answer.ok) throw new Error(`the stand-in refused: ${await answer.text()}`);
    },
    async contents(collection) {
      const found = await worker.store.query({ collection });
      if (!found.ok) throw new Error(found.error.detail);
      return [...found.value];
    },
    async close() {
      await closeWorker();
      await aircall.close();
      rmSync(vendorState, { recursive: true, force: true });
    },
  } satisfies Partial<AircallWorker>);
}
