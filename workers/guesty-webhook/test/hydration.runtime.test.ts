import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { OPERATOR_TOKEN } from '@innkeeper/local-stack/testing/start-test-worker';
import { type OperateResponse, operateCalls } from '@innkeeper/shared/contracts/operate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GuestyWorker, startGuestyWorker } from './start-guesty-worker.ts';

let worker: GuestyWorker;
beforeAll(async () => {
  worker = await startGuestyWorker();
  await worker.put('listings', 'home-1', {
    nickname: 'Garden Studio',
    timezone: 'Europe/London',
    defaultCheckInTime: '15:00',
    defaultCheckOutTime: '10:00',
  });
});
afterAll(async () => {
  await worker.close();
});

const booking = (id: string, changes: object = {}) => ({
  reservationId: id,
  status: 'confirmed',
  guest: { fullName: 'Grace Guest' },
  stay: [{ unitId: 'home-1', checkInDateLocalized: '2026-12-24', checkOutDateLocalized: '2026-12-27' }],
  ...changes,
});
const told = (id: string): string => JSON.stringify({ event: 'reservation.updated.v2', data: { reservationId: id } });

async function fields(path: `${string}/${string}`): Promise<Record<string, unknown> | undefined> {
  const found = await worker.store.getAll([path]);
  if (!found.ok) throw new Error(found.error.detail);
  return found.value[0]?.fields;
}

const guestOf = async (id: string): Promise<unknown> =>
  ((await fields(`records/guesty:reservation:${id}`))?.['facts'] as { guestName?: string } | undefined)?.guestName;

async function state(): Promise<OperateResponse<'state'>> {
  const answer = await fetch(`${worker.url}/operate/state`, {
    method: 'POST',
    headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-type': 'application/json' },
    body: '{}',
  });
  return operateCalls.state.response.parse(await answer.json());
}

describe('what is marked', () => {
  test('survives kill -9 while it is read: the object takes it up again by itself', async () => {
    await worker.put('reservations', 'r-killed', booking('r-killed'));
    await worker.setVendorFaults({ pathPrefix: '/v1/reservations', delayMs: 60_000 });
    await worker.deliver(told('r-killed'), { id: 'msg_killed' });
    await eventually(
      () => fields('events/msg_killed'),
      event => event?.['outcome'] === 'marked',
    );
    await worker.kill();
    await worker.setVendorFaults({});
    await eventually(
      () => guestOf('r-killed'),
      guest => guest === 'Grace Guest',
    );
  });

  test('survives kill -9 while it waits for a vendor that is down', async () => {
    await worker.put('reservations', 'r-down', booking('r-down'));
    await worker.setVendorFaults({ pathPrefix: '/v1/reservations', status: 503 });
    await worker.deliver(told('r-down'));
    await eventually(state, ({ backlog }) => backlog.failing === 1);
    await worker.kill();
    await worker.setVendorFaults({});
    await eventually(
      () => guestOf('r-down'),
      guest => guest === 'Grace Guest',
    );
    const { backlog, token, limits } = await state();
    expect(backlog).toEqual({ byLane: { live: 0, backfill: 0 }, bySubject: {}, oldestMs: 0, failing: 0 });
    expect(token).toMatchObject({ attemptsLeft: 4 }); // one token through all of it
    expect(limits.windows.find(({ name }) => name === 'hour')?.left).toBeLessThan(5_000);
  });
});

describe('the crons', () => {
  test('the gap check finds a booking that no webhook told of', async () => {
    await worker.put('reservations', 'r-withheld', booking('r-withheld', { lastUpdatedAt: new Date().toISOString() }));
    await worker.runCron('*/5 * * * *');
    await eventually(
      () => guestOf('r-withheld'),
      guest => guest === 'Grace Guest',
    );
    const { jobs } = await eventually(state, ({ jobs }) => jobs.every(job => job.state === 'done'));
    const job = jobs.find(({ resource }) => resource === 'reservations');
    expect(job).toMatchObject({ purpose: 'gap-check', counts: { unreadable: 0 } });
    expect(await fields(`reports/${job?.jobId ?? ''}`)).toMatchObject({ state: 'done', resource: 'reservations' });
    expect(await fields('watermarks/guesty-reservations')).toMatchObject({ until: job?.startedAt });
  });

  test('the nightly comparison finds what the vendor no longer shows, and has it read by itself', async () => {
    await fetch(`${worker.vendorUrl}/_control/reservations/r-withheld`, { method: 'DELETE' });
    await worker.runCron('17 2 * * *');
    const { jobs, backlog } = await eventually(
      state,
      ({ jobs }) => jobs.some(job => job.purpose === 'comparison') && jobs.every(job => job.state === 'done'),
    );
    const compared = jobs.filter(job => job.purpose === 'comparison');
    expect(compared.find(({ resource }) => resource === 'reservations')).toMatchObject({
      counts: { vanished: 1 },
      examples: ['guesty:reservation:r-withheld'],
    });
    expect(compared.flatMap(({ resource, counts }) => (counts.vanished === 0 ? [] : [resource]))).toEqual([
      'reservations',
    ]);
    expect(backlog.bySubject).toEqual({ reservation: 1 }); // the vendor gets half a minute to show it after all
  });
});
