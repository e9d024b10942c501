import { overflowBucket } from '@innkeeper/shared/adapters/cloudflare/overflow-bucket';
import type { OverflowStore } from '@innkeeper/shared/ports/delivery-queue';
import { describeOverflowStoreContract } from '@innkeeper/shared/testing/overflow-store-contract';
import { Miniflare } from 'miniflare';
import { afterAll, beforeAll } from 'vitest';
import { miniflareOptions } from '../src/workers-host/miniflare-options.ts';
import { readWorkerConfig } from '../src/workers-host/read-worker-config.ts';
import { FIXTURE_DIRECTORY } from './fixtures/queue-worker/client.ts';
import { temporaryDirectory } from './fixtures/temporary-directory.ts';

const state = temporaryDirectory();
let miniflare: Miniflare;
let bucket: OverflowStore;
beforeAll(async () => {
  const config = { ...readWorkerConfig(FIXTURE_DIRECTORY), buckets: [{ binding: 'OVERFLOW', bucket: 'overflow' }] };
  const worker = { config, code: 'export default {}', variables: {}, port: 0 };
  const addresses = { queueProducers: '127.0.0.1:1', ai: undefined };
  miniflare = new Miniflare(miniflareOptions([worker], addresses, state.path));
  bucket = overflowBucket(await miniflare.getR2Bucket('OVERFLOW'));
});
afterAll(async () => {
  await miniflare.dispose();
  state.remove();
});

describeOverflowStoreContract('R2', () => bucket);
