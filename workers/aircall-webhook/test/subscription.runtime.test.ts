import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startAircall } from '@innkeeper/local-stack/stand-ins/aircall/start-aircall';
import { startTestWorker } from '@innkeeper/local-stack/testing/start-test-worker';
import { describeSubscriptionLife } from '@innkeeper/local-stack/testing/subscription-life-contract';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';

const credentials = { apiId: 'tests', apiToken: 'a token of the tests' };

describeSubscriptionLife('Aircall', async () => {
  const stateDirectory = mkdtempSync(path.join(tmpdir(), 'innkeeper-test-aircall-'));
  const aircall = await startAircall({ port: 0, stateDirectory, ...credentials });
  const worker = await startTestWorker({
    name: 'aircall-webhook',
    directory: path.resolve(import.meta.dirname, '..'),
    firestoreHost: firestoreEmulatorHost(),
    variables: {
      AIRCALL_BASE_URL: `${aircall.url}/v1`,
      AIRCALL_API_ID: credentials.apiId,
      AIRCALL_API_TOKEN: credentials.apiToken,
    },
  });
  return {
    worker,
    vendorUrl: aircall.url,
    delivery: {
      event: 'call.created',
      data: { id: 71, direction: 'inbound', status: 'initial', started_at: 1_795_250_000 },
    },
    idKey: 'webhook_id',
    meddling: { active: false, events: ['call.ended'] },
    delaySecrets: () => Promise.resolve(), // shown with the webhook itself
    async close() {
      await worker.close();
      await aircall.close();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
});
