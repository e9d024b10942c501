import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { expect, it } from 'vitest';
import { inMemoryDeadMan } from './in-memory-dead-man.ts';

const HOUR_MS = 3_600_000;
const RUN = RunId.parse('2026-11-22');

function watch() {
  let hours = 0;
  const deadMan = inMemoryDeadMan({ now: () => hours * HOUR_MS, periodMs: 24 * HOUR_MS, graceMs: 4 * HOUR_MS });
  return {
    deadMan,
    at: (hour: number) => {
      hours = hour;
      return deadMan;
    },
  };
}

it('is quiet while a good word comes every day', async () => {
  const { at } = watch();
  for (const hour of [3, 27, 51]) await at(hour).ping('good', RUN);
  expect(at(78).alarms()).toEqual([]);
});

it('raises the alarm by itself once period and grace are over, whether or not anybody ever spoke', async () => {
  const { at } = watch();
  expect(at(28).alarms()).toEqual([]);
  expect(at(29).alarms()).toEqual([{ atMs: 28 * HOUR_MS, why: 'silence' }]);
  await at(30).ping('good', RUN);
  expect(at(80).alarms()).toHaveLength(2);
});

it('raises it at once for a bad word, once until a good one', async () => {
  const { at } = watch();
  await at(3).ping('failed', RUN);
  await at(4).ping('failed', RUN);
  await at(5).ping('good', RUN);
  await at(6).ping('failed', RUN);
  expect(at(7).alarms()).toMatchObject([
    { atMs: 3 * HOUR_MS, why: 'failed' },
    { atMs: 6 * HOUR_MS, why: 'failed' },
  ]);
});

it('hears nothing while it cannot be reached', async () => {
  const { at, deadMan } = watch();
  deadMan.setReachable(false);
  expect(await at(3).ping('good', RUN)).toMatchObject({ ok: false });
  expect(at(40).alarms()).toMatchObject([{ why: 'silence' }]);
});
