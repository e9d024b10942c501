import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { Plan } from '@innkeeper/shared/domain/plan';
import { err } from '@innkeeper/shared/result/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexedRecords } from '../../test/support/indexed-records.ts';
import { recordWorld, worldHomes } from '../../test/support/record-worlds.ts';
import { ASKED_AT, booking } from '../../test/support/world.ts';
import { linksTo } from '../compose/links.ts';
import { homesAt } from '../evaluate/homes.ts';
import { type DecidedPlan, renderPlan } from '../render-plan.ts';
import { retrieve } from './retrieve.ts';

const homes = homesAt(
  worldHomes.filter(({ kind }) => kind === 'listing') as Extract<BusinessRecord, { kind: 'listing' }>[],
  Date.parse(ASKED_AT),
);
const said = (plan: DecidedPlan, snapshot: Parameters<typeof renderPlan>[1]): object =>
  renderPlan(plan, snapshot, {
    homes,
    scope: 'full',
    thisYear: '2026',
    links: linksTo({ guestyApp: 'https://g.example', aircallApp: 'https://a.example' }),
  });

const days = (from: string, to: string) => ({ words: '', byToday: { '2026-11-21': { from, to } } });
const whens = [days('2026-11-21', '2026-11-21'), days('2026-11-19', '2026-11-24'), days('2026-11-22', '2026-11-23')];
const lists = whens.flatMap(when =>
  [[], ['l-ny'], ['l-sea', 'l-tokyo']].flatMap(named => {
    const asked = { when, homes: named, form: 'list' };
    return [
      { kind: 'arrivals', ...asked },
      { kind: 'departures', ...asked },
      { kind: 'in_house', ...asked },
      { kind: 'stay_overs', ...asked },
      { kind: 'longest_stay', ...asked },
      { kind: 'bookings', change: 'made', ...asked },
      { kind: 'bookings', change: 'changed', ...asked },
      { kind: 'bookings', change: 'cancelled', ...asked, when: undefined, from: '2026-11-15T00:00:00Z' },
      { kind: 'not_yet', movement: 'arrived', ...asked },
      { kind: 'not_yet', movement: 'left', ...asked },
      { kind: 'early_check_in', at: '12:00', ...asked },
      { kind: 'stay_longer', nights: 2, ...asked },
      { kind: 'tasks', which: 'all', state: 'all', ...asked },
      { kind: 'tasks', which: 'cleaning', state: 'open', ...asked },
      { kind: 'unanswered', ...asked },
      { kind: 'turnovers', ...asked },
      { kind: 'free_homes', ...asked },
      { kind: 'overview', ...asked },
      { kind: 'readiness', ...asked },
      { kind: 'calls', filter: 'all', ...asked },
      { kind: 'calls', filter: 'all', with: 'ana', ...asked },
      { kind: 'since', from: '2026-11-20T00:00:00Z', words: '' },
    ];
  }),
);
const named = whens.flatMap(when => [
  { kind: 'early_check_in', name: 'Larsen', homes: [], when, at: '12:00' },
  { kind: 'stay_longer', name: 'Larsen', homes: [], when, nights: 2 },
  { kind: 'guest', name: 'Larsen', aspect: 'arrival', homes: [], when },
]);
const plans = [...lists, ...named].map(plan => Plan.parse(plan) as DecidedPlan);

test('what is retrieved decides every list as all records would', async () => {
  await fc.assert(
    fc.asyncProperty(recordWorld, async records => {
      const all = [...worldHomes, ...records];
      const ports = await indexedRecords(all);
      for (const plan of plans) {
        const found = await retrieve(plan, homes, ports);
        if (!found.ok) throw new Error(found.error.detail);
        const complete = { homes, records: all, gaps: { unread: 0, isNewestMissing: false } };
        expect({ plan, ...said(plan, { homes, ...found.value }) }).toEqual({ plan, ...said(plan, complete) });
      }
    }),
    { numRuns: 10 },
  );
}, 30_000);

const arrivals = Plan.parse({ kind: 'arrivals', when: whens[0], homes: [], form: 'list' });
const made = booking('NEW', { guest: 'Mia Larsen', home: 'l-sea', from: '2026-11-21', to: '2026-11-23' });

describe('retrieve', () => {
  test('does not miss what came a moment ago and is not in the index yet', async () => {
    const ports = await indexedRecords(worldHomes);
    await ports.store([{ ...made, receivedAt: '2026-11-21T09:40:58.000Z' }]);
    const found = await retrieve(arrivals, homes, ports);
    expect(found).toMatchObject({ ok: true, value: { gaps: { unread: 0, isNewestMissing: false } } });
    expect(found.ok && found.value.records.map(({ key }) => key)).toEqual([made.key]);
  });

  test('says so when more came than is read beside the index', async () => {
    const ports = await indexedRecords([]);
    const receivedAt = '2026-11-21T09:40:58.000Z';
    await ports.store(
      Array.from({ length: 61 }, (_, id) => ({ ...made, key: `${made.key}${id}`, receivedAt }) as never),
    );
    expect(await retrieve(arrivals, homes, ports)).toMatchObject({ value: { gaps: { isNewestMissing: true } } });
  });

  test('counts what the index names and Firestore no longer has', async () => {
    const ports = await indexedRecords([made]);
    await ports.forget([made]);
    const found = await retrieve(arrivals, homes, ports);
    expect(found).toEqual({ ok: true, value: { records: [], gaps: { unread: 1, isNewestMissing: false } } });
    if (!found.ok) return;
    expect(JSON.stringify(said(arrivals as DecidedPlan, { homes, ...found.value }))).toContain(
      '1 record could not be read and may be missing here',
    );
  });

  test('finds a booking by its code', async () => {
    const ports = await indexedRecords([made, { ...made, key: 'guesty:reservation:other' } as never]);
    const plan = Plan.parse({ kind: 'guest', name: 'new', aspect: 'booking', homes: [] });
    const found = await retrieve(plan, homes, ports);
    expect(JSON.stringify(found.ok && said(plan as DecidedPlan, { homes, ...found.value }))).toContain('Mia Larsen');
  });

  test('reads nothing for a plan that is about no record', async () => {
    const ports = await indexedRecords([]);
    const query = (): never => {
      throw new Error('read');
    };
    const help = await retrieve({ kind: 'help' }, homes, { ...ports, documents: { ...ports.documents, query } });
    expect(help.ok).toBe(true);
  });

  test('is no answer while either store is down', async () => {
    const ports = await indexedRecords([]);
    const down = { kind: 'unavailable', detail: 'down' } as const;
    const documents = { ...ports.documents, query: () => Promise.resolve(err(down)) };
    expect(await retrieve(arrivals, homes, { ...ports, documents })).toMatchObject({ error: { kind: 'unavailable' } });
    const vectors = { ...ports.vectors, scrollAll: () => Promise.resolve(err(down)) };
    expect(await retrieve(arrivals, homes, { ...ports, vectors })).toMatchObject({ error: { kind: 'unavailable' } });
  });
});
