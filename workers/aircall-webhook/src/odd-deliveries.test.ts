import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { VENDOR_READ_EVENT } from '@innkeeper/shared/contracts/vendor-read';
import { oddDeliveriesContract } from '@innkeeper/shared/testing/odd-deliveries-contract';
import { createAircallSource } from './aircall-source.ts';
import { createHandler } from './handler.ts';

const TOKEN = 'the token of the tests';
const directory = path.join(import.meta.dirname, '__fixtures__');

const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(directory, name), 'utf8')) as Record<string, unknown>;

const [call] = (read('rest.calls.page.constructed.json') as { calls: object[] }).calls;
const listed = {
  event: VENDOR_READ_EVENT,
  kind: 'call',
  readBeganAt: '2026-11-21T08:59:00.000Z',
  purpose: 'reconcile',
  jobId: 'job-1',
  value: call,
};

const samples = readdirSync(directory)
  .filter(name => !name.startsWith('rest.'))
  .map(name => read(name))
  .map(({ token: _taken, ...sample }) => sample)
  .concat(listed);

oddDeliveriesContract(
  {
    secret: TOKEN,
    handler: createHandler,
    source: createAircallSource,
    // The token first: what is spoilt in the body comes after it, and a second token would count instead.
    request: body =>
      new Request('https://edge.example.com/webhooks/aircall', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: body.replace(/^\{(?!\})/u, `{"token":"${TOKEN}",`),
      }),
    samples,
  },
  300,
);
