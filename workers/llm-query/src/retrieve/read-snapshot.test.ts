import { Plan } from '@innkeeper/shared/domain/plan';
import { err } from '@innkeeper/shared/result/result';
import { expect, test } from 'vitest';
import { indexedRecords } from '../../test/support/indexed-records.ts';
import { homeRecords, stay, today } from '../../test/support/render.ts';
import { ASKED_AT, record } from '../../test/support/world.ts';
import { linksTo } from '../compose/links.ts';
import { homesAt } from '../evaluate/homes.ts';
import { type DecidedPlan, renderPlan } from '../render-plan.ts';
import { readSnapshot } from './read-snapshot.ts';

const homes = homesAt(
  homeRecords.filter(home => home.kind === 'listing'),
  Date.parse(ASKED_AT),
);
const links = linksTo({ guestyApp: 'https://guesty.example', aircallApp: 'https://aircall.example' });
const plan = Plan.parse({
  kind: 'tasks',
  when: today,
  homes: [],
  which: 'all',
  state: 'all',
  form: 'list',
}) as DecidedPlan;
const task = (id: string, title: string) =>
  record('task', id, { taskId: id, title, status: 'pending', listingId: 'l-sea', startsAt: '2026-11-21T13:00:00Z' });
/** Nothing of this booking is part of a list of today's tasks. */
const coming = stay('FAR', 'l-loft', '2026-12-10', '2026-12-12', { guest: 'Mia Quixwell' });
const records = [...homeRecords, coming, task('1', 'Cot for Mia Quixwell'), task('2', 'Clean for QUIXWELL')];
type Ports = Awaited<ReturnType<typeof indexedRecords>>;

async function said(scope: 'full' | 'operations', change: (ports: Ports) => Ports = ports => ports): Promise<string> {
  const snapshot = await readSnapshot(plan, { homes, scope }, change(await indexedRecords(records)));
  if (!snapshot.ok) return snapshot.error.kind;
  return renderPlan(plan, snapshot.value, { homes, scope, thisYear: '2026', links }).lines.join('\n');
}

const failing =
  (kind: 'too_many' | 'unavailable') =>
  (ports: Ports): Ports => ({
    ...ports,
    vectors: {
      ...ports.vectors,
      scrollAll: (filter, options) =>
        JSON.stringify(filter).includes('"reservation"')
          ? Promise.resolve(err({ kind, detail: '' }))
          : ports.vectors.scrollAll(filter, options),
    },
  });

test('a task’s title keeps no surname of a guest of these weeks where first names only are shown', async () => {
  expect(await said('full')).toContain('Cot for Mia Quixwell: pending');
  const shown = await said('operations');
  expect(shown).toContain('Cot for Mia Q.: pending');
  expect(shown).toContain('Clean for Q.: pending');
  expect(shown).not.toMatch(/quixwell/iu);
});

test('of more guests than can be read titles are told by their kind, and an unread index is no answer', async () => {
  expect(await said('operations', failing('too_many'))).toMatch(/Task: pending\n.*Cleaning: pending/u);
  expect(await said('operations', failing('unavailable'))).toBe('unavailable');
});
