import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGuesty } from '@innkeeper/local-stack/stand-ins/guesty/start-guesty';
import type { Faults } from '@innkeeper/local-stack/stand-ins/stand-in-server';
import { startTestWorker, type TestWorker } from '@innkeeper/local-stack/testing/start-test-worker';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';

/** The Worker in workerd, before the Firestore emulator and a stand-in of Guesty's API. */
export interface GuestyWorker extends TestWorker {
  /** Of the stand-in, which can be told what happens at the vendor under `/_control`. */
  readonly vendorUrl: string;
  /** Sends a body as Guesty would, signed now unless said otherwise. */
  deliver(body: string, options?: { id?: string; headers?: Record<string, string> }): Promise<Response>;
  /** Puts a thing into Guesty. */
  put(kind: 'reservations' | 'listings' | 'guests', id: string, thing: object): Promise<void>;
  /** Takes it out again. */
  remove(kind: 'reservations' | 'listings' | 'guests', id: string): Promise<void>;
  setVendorFaults(faults: Faults): Promise<void>;
  setVendorLimits(limits: { rate: boolean; tokensPerDay: number | null }): Promise<void>;
}

export const SECRET = `whsec_${Buffer.from('the key of the tests').toString('base64')}`;
export const RETIRED_SECRET = `whsec_${Buffer.from('the key before that').toString('base64')}`;

export function sign(
  body: string | Uint8Array,
  id: string,
  secret = SECRET,
  nowMs = Date.now(),
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${mac}` };
}

export const fixture = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, `../src/__fixtures__/${name}.json`), 'utf8');

export async function startGuestyWorker(): Promise<GuestyWorker> {
  const vendorState = mkdtempSync(path.join(tmpdir(), 'innkeeper-test-guesty-'));
  const credentials = { clientId: 'tests', clientSecret: 'a secret of the tests' };
  const guesty = await startGuesty({ port: 0, stateDirectory: vendorState, ...credentials });
  const worker = await startTestWorker({
    name: 'guesty-webhook',
    directory: path.resolve(import.meta.dirname, '..'),
    firestoreHost: firestoreEmulatorHost(),
    variables: {
      GUESTY_WEBHOOK_SECRETS: `${RETIRED_SECRET},${SECRET}`,
      GUESTY_BASE_URL: `${guesty.url}/v1`,
      GUESTY_CLIENT_ID: credentials.clientId,
      GUESTY_CLIENT_SECRET: credentials.clientSecret,
    },
  });
  const control = async (method: string, where: string, body: object = {}): Promise<void> => {
    const response = await fetch(`${guesty.url}/_control/${where}`, { method, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`the stand-in refused: ${await response.text()}`);
  };
  const closeWorker = worker.close.bind(worker);
  return Object.assign(worker, {
    vendorUrl: guesty.url,
    deliver: (body, { id = `msg_${randomUUID()}`, headers = {} } = {}) =>
      fetch(`${worker.url}/webhooks/guesty`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...sign(body, id), ...headers },
        body,
      }),
    put: (kind, id, thing) => control('PUT', `${kind}/${id}`, { _id: id, ...thing }),
    remove: (kind, id) => control('DELETE', `${kind}/${id}`),
    setVendorLimits: limits => control('POST', 'limits', limits),
    setVendorFaults: faults => control('POST', 'faults', faults),
    async close() {
      await closeWorker();
      await guesty.close();
      rmSync(vendorState, { recursive: true, force: true });
    },
  } satisfies Partial<GuestyWorker>);
}
