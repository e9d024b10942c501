import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readWorkerConfig } from './read-worker-config.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'worker-config-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const read = (text: string) => {
  writeFileSync(path.join(directory, 'wrangler.jsonc'), text);
  return readWorkerConfig(directory);
};
const base = { name: 'w', main: 'src/index.ts', compatibility_date: '2026-10-20' };

describe("a Worker's wrangler.jsonc", () => {
  test('is read with comments and trailing commas, its paths from its own folder', () => {
    const config = read('{ // the name\n "name": "w", "main": "src/index.ts", "compatibility_date": "2026-10-20", }');
    expect(config).toMatchObject({ name: 'w', entry: path.join(directory, 'src/index.ts') });
  });

  test("says how wrangler would build it, with wrangler's own defaults", () => {
    expect(read(JSON.stringify(base))).toMatchObject({ minify: false, keepNames: true });
    const small = { ...base, minify: true, keep_names: false };
    expect(read(JSON.stringify(small))).toMatchObject({ minify: true, keepNames: false });
  });

  test('names who is told of its invocations', () => {
    expect(read(JSON.stringify(base)).tailConsumers).toEqual([]);
    const told = { ...base, tail_consumers: [{ service: 'log-forwarder' }] };
    expect(read(JSON.stringify(told)).tailConsumers).toEqual(['log-forwarder']);
  });

  test("gives a consumer Cloudflare's defaults where it names none", () => {
    const config = read(JSON.stringify({ ...base, queues: { consumers: [{ queue: 'jobs' }] } }));
    expect(config.consumers).toEqual([
      {
        queue: 'jobs',
        maxBatchSize: 10,
        maxBatchTimeoutSeconds: 5,
        maxRetries: 3,
        retryDelaySeconds: 0,
        maxConcurrency: 8,
        deadLetterQueue: undefined,
      },
    ]);
  });

  test('keeps what a consumer says', () => {
    const consumer = {
      queue: 'jobs',
      max_batch_size: 100,
      max_batch_timeout: 0,
      max_retries: 0,
      retry_delay: 30,
      max_concurrency: 1,
      dead_letter_queue: 'jobs-dead',
    };
    expect(read(JSON.stringify({ ...base, queues: { consumers: [consumer] } })).consumers).toEqual([
      {
        queue: 'jobs',
        maxBatchSize: 100,
        maxBatchTimeoutSeconds: 0,
        maxRetries: 0,
        retryDelaySeconds: 30,
        maxConcurrency: 1,
        deadLetterQueue: 'jobs-dead',
      },
    ]);
  });

  test.each([
    ['a batch above 100', { queues: { consumers: [{ queue: 'jobs', max_batch_size: 101 }] } }, 'max_batch_size'],
    [
      'a batch timeout above a minute',
      { queues: { consumers: [{ queue: 'jobs', max_batch_timeout: 61 }] } },
      'timeout',
    ],
    ['more than 100 retries', { queues: { consumers: [{ queue: 'jobs', max_retries: 101 }] } }, 'max_retries'],
    [
      'a delay above 24 hours',
      { queues: { producers: [{ binding: 'J', queue: 'j', delivery_delay: 86_401 }] } },
      'delay',
    ],
    ['a binding that the local stack does not have', { hyperdrive: [{ binding: 'DB', id: 'x' }] }, 'hyperdrive'],
    ['no entry module', { main: undefined }, 'main'],
  ])('with %s is refused, naming the setting', (_what, extra, named) => {
    expect(() => read(JSON.stringify({ ...base, ...extra }))).toThrow(named);
  });

  test('that is not JSON is refused with the place', () => {
    expect(() => read('{ "name": ')).toThrow(/wrangler\.jsonc is not JSON with comments: \w+ at character \d+/u);
  });
});
