import { expect, test } from 'vitest';
import { explainRetention } from './explain-retention.ts';
import { decideRetention, type RetainableSnapshot } from './retention.ts';

const policy = { keepDaily: 7, keepWeekly: 4, keepMonthly: 12 };
const snapshot = (time: string): RetainableSnapshot => ({ id: time, time, host: 'innkeeper', paths: ['/a'] });
const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const nightly = (from: string, nights: number): RetainableSnapshot[] =>
  Array.from({ length: nights }, (_, index) => snapshot(`${dayAfter(from, index)}T02:30:00+01:00`));
const WEEK_S = 7 * 86_400;

test('says why a snapshot is kept and until when, and why another goes', () => {
  const history = [...nightly('2026-01-10', 316), snapshot('2026-11-20T12:00:00+01:00')];
  const told = new Map(
    explainRetention(history, policy).map(({ decision, sentence }) => [decision.snapshot.time, sentence]),
  );
  expect(told.get('2026-11-21T02:30:00+01:00')).toBe(
    'kept as the last of 2026-11-21, week 47 of 2026 and November 2026; goes on 2026-11-28 if there is a snapshot every day',
  );
  expect(told.get('2026-11-20T02:30:00+01:00')).toBe(
    'not kept any more: not the last of 2026-11-20, not the last of week 47 of 2026 and not the last of November 2026; ' +
      'goes on 2026-11-22 if there is a snapshot every day',
  );
  expect(told.get('2026-11-15T02:30:00+01:00')).toBe(
    'kept as the last of 2026-11-15 and week 46 of 2026; goes on 2026-12-07 if there is a snapshot every day',
  );
  expect(told.get('2026-11-02T02:30:00+01:00')).toBe(
    'not kept any more: past the 7 days, not the last of week 45 of 2026 and not the last of November 2026; ' +
      'goes on 2026-11-22 if there is a snapshot every day',
  );
  expect(told.get('2026-10-31T02:30:00+01:00')).toBe(
    'kept as the last of October 2026; goes on 2027-10-01 if there is a snapshot every day',
  );
  expect(told.get('2026-01-10T02:30:00+01:00')).toBe(
    'kept as the oldest, while there are not yet 12 months; goes on 2026-12-01 if there is a snapshot every day',
  );
});

test('says what is kept for being complete', () => {
  const history = [...nightly('2026-11-09', 12), snapshot('2026-11-15T18:00:00+01:00')];
  const explained = explainRetention(
    history,
    { ...policy, keepDaily: 1 },
    { incomplete: new Set([history[12]?.id ?? '']) },
  );
  expect(explained.map(({ sentence }) => sentence).filter(sentence => sentence.includes('week 46'))).toEqual([
    'kept as the last of week 46 of 2026; goes on 2026-12-07 if there is a snapshot every day',
    'kept as the last complete one of week 46 of 2026; goes on 2026-12-07 if there is a snapshot every day',
    ...Array.from(
      { length: 5 },
      () => expect.stringMatching(/^not kept any more: .*not the last of week 46/u) as unknown,
    ),
  ]);
});

test('says so when nothing is asked to be kept or nothing will come after', () => {
  const [explained] = explainRetention([snapshot('2026-11-21T02:30:00Z')], {
    keepDaily: 0,
    keepWeekly: 0,
    keepMonthly: 0,
  });
  expect(explained?.sentence).toBe('kept because no quota is set; stays');
});

test('nothing goes before it is old enough', () => {
  const explained = explainRetention(
    nightly('2026-11-01', 10),
    { keepDaily: 2, keepWeekly: 0, keepMonthly: 0 },
    { minimumAgeSeconds: WEEK_S },
  );
  expect(explained.map(({ decision, goesOn }) => [decision.snapshot.time.slice(8, 10), decision.kind, goesOn])).toEqual(
    [
      ['10', 'keep', '2026-11-18'],
      ['09', 'keep', '2026-11-17'],
      ['08', 'remove', '2026-11-16'],
      ['07', 'remove', '2026-11-15'],
      ['06', 'remove', '2026-11-14'],
      ['05', 'remove', '2026-11-13'],
      ['04', 'remove', '2026-11-12'],
      ['03', 'remove', '2026-11-11'],
      ['02', 'remove', '2026-11-11'],
      ['01', 'remove', '2026-11-11'],
    ],
  );
});

test('nights that brought nothing are not counted on', () => {
  const [newest] = explainRetention(
    nightly('2026-11-01', 10),
    { keepDaily: 7, keepWeekly: 0, keepMonthly: 0 },
    { now: new Date('2026-11-20T12:00:00Z') },
  );
  expect(newest?.goesOn).toBe('2026-11-27');
});

test('every snapshot goes on the day that was told, when the nights go on as expected', () => {
  const goesOn = new Map(
    explainRetention(nightly('2026-08-20', 94), policy).map(({ decision, goesOn: day }) => [decision.snapshot.id, day]),
  );
  const gone = new Map<string, string>();
  let left: readonly RetainableSnapshot[] = nightly('2026-08-20', 94);
  for (let night = 94; night < 600; night += 1) {
    const [tonight] = nightly(dayAfter('2026-08-20', night), 1);
    const decisions = decideRetention(tonight === undefined ? left : [...left, tonight], policy);
    for (const { kind, snapshot: one } of decisions) {
      if (kind === 'remove' && goesOn.has(one.id)) gone.set(one.id, dayAfter('2026-08-20', night));
    }
    left = decisions.filter(({ kind }) => kind === 'keep').map(decision => decision.snapshot);
  }
  expect(gone).toEqual(goesOn);
});
