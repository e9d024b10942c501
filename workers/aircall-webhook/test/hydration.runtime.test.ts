import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AircallWorker, fixture, startAircallWorker } from './start-aircall-worker.ts';

let worker: AircallWorker;
beforeAll(async () => {
  worker = await startAircallWorker();
});
afterAll(async () => {
  await worker.close();
});

async function put(where: string, thing: unknown): Promise<void> {
  const answer = await fetch(`${worker.vendorUrl}/_control/${where}`, { method: 'PUT', body: JSON.stringify(thing) });
  if (!answer.ok) throw new Error(`the stand-in refused: ${await answer.text()}`);
}

async function recordOf(id: string): Promise<Record<string, unknown> | undefined> {
  const found = await worker.store.getAll([`records/aircall:call:${id}`]);
  if (!found.ok) throw new Error(found.error.detail);
  return found.value[0]?.fields;
}

const { data } = fixture('call.ended.outbound') as { data: { id: number } };

test('a transcript is read when its event comes, though workerd is killed with kill -9 meanwhile', async () => {
  const [id, { content }] = ['900000010', fixture('transcription.created.constructed')['data'] as { content: object }];
  await put(`calls/${id}`, { ...data, id: Number(id) });
  await put(`calls/${id}/transcription`, { id: 5001, call_id: Number(id), content });
  await worker.setVendorFaults({ pathPrefix: '/v1/calls', delayMs: 60_000 });
  const event = fixture('transcription.created.constructed');
  await worker.deliver({ ...event, data: { ...(event['data'] as object), content: undefined } });
  await eventually(
    () => worker.contents('events'),
    events => events.some(({ fields }) => fields['outcome'] === 'marked'),
  );
  await worker.kill();
  await worker.setVendorFaults({});
  const record = await eventually(
    () => recordOf(id),
    known => (known?.['facts'] as { transcript?: unknown } | undefined)?.transcript !== undefined,
  );
  expect(JSON.stringify(record)).toContain('what time can we check in?');
});

test('the gap check finds a call that no webhook told of', async () => {
  const startedAt = Math.floor(Date.now() / 1000) - 600;
  await put('calls/77', {
    ...data,
    id: 77,
    started_at: startedAt,
    answered_at: startedAt + 5,
    ended_at: startedAt + 60,
  });
  await worker.runCron('*/5 * * * *');
  const record = await eventually(
    () => recordOf('77'),
    known => known !== undefined,
  );
  expect(record).toMatchObject({ kind: 'call', facts: { direction: 'outbound' }, deleted: false });
});
