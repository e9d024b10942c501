import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { VENDOR_READ_EVENT } from '@innkeeper/shared/contracts/vendor-read';
import { oddDeliveriesContract } from '@innkeeper/shared/testing/odd-deliveries-contract';
import { createGuestySource } from './guesty-source.ts';
import { createHandler } from './handler.ts';

const KEY = 'the key of the tests';
const directory = path.join(import.meta.dirname, '__fixtures__');

const read = (name: string): object => JSON.parse(readFileSync(path.join(directory, name), 'utf8')) as object;

const [booking] = (read('rest.reservations.v1.page.json') as { results: object[] }).results;
const listed = {
  event: VENDOR_READ_EVENT,
  kind: 'reservation',
  readBeganAt: '2026-11-21T08:59:00.000Z',
  purpose: 'reconcile',
  jobId: 'job-1',
  value: booking,
};

const samples = readdirSync(directory)
  .filter(name => !/^(?:rest|svix)/u.test(name))
  .map(read)
  .concat(listed);

oddDeliveriesContract(
  {
    secret: `whsec_${btoa(KEY)}`,
    handler: createHandler,
    source: createGuestySource,
    request: (body, id, nowMs) => {
      const seconds = String(nowMs / 1000);
      const mac = createHmac('sha256', KEY).update(`${id}.${seconds}.${body}`).digest('base64');
      return new Request('https://edge.example.com/webhooks/guesty', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'svix-id': id,
          'svix-timestamp': seconds,
          'svix-signature': `v1,${mac}`,
        },
        body,
      });
    },
    samples,
  },
  300,
);
