import { Plan } from '@innkeeper/shared/domain/plan';
import { expect, test } from 'vitest';
import { arrivals, homeRecords, stay } from '../../test/support/render.ts';
import { ASKED_AT } from '../../test/support/world.ts';
import { homesAt } from '../evaluate/homes.ts';
import { type DecidedPlan, renderPlan } from '../render-plan.ts';
import { linksTo } from './links.ts';

const homes = homesAt(
  homeRecords.filter(home => home.kind === 'listing'),
  Date.parse(ASKED_AT),
);
const links = linksTo({ guestyApp: 'https://guesty.example', aircallApp: 'https://aircall.example' });
const records = [stay('A', 'l-sea', '2026-11-21', '2026-11-23', { guest: 'Mia Larsen' })];
const said = (plan: object): string =>
  renderPlan(
    Plan.parse(plan) as DecidedPlan,
    { homes, records, gaps: { unread: 1, isNewestMissing: true } },
    { homes, scope: 'full', thisYear: '2026', links },
  ).lines.join('\n');
const guest = (name: string) => ({ kind: 'guest', name, aspect: 'booking', homes: [] });

const remark = 'Very much is coming in at the moment; something of the last half minute may be missing here.';

test.each([
  ['a list', arrivals()],
  ['nobody of that name', guest('Otto')],
])('under %s it is said that more came in than could be read', (_what, plan) => {
  expect(said(plan)).toContain(remark);
  expect(said(plan)).toContain('1 record could not be read');
});

test('of a guest who was found what else comes in changes nothing; a record that could not be read may', () => {
  expect(said(guest('Mia Larsen'))).not.toContain(remark);
  expect(said(guest('Mia Larsen'))).toContain('1 record could not be read');
});
