import { describe, expect, test } from 'vitest';
import restCalendar from '../__fixtures__/rest.calendar.constructed.json' with { type: 'json' };
import { LISTING } from '../testing/booking.ts';
import { askUntilGone, guestyWorld, NOT_FOUND } from '../testing/guesty-world.ts';

describe('the calendar of a home', () => {
  const block = (date: string) => `${LISTING}:${date}`;
  const changed = {
    event: 'calendar.updated.v2',
    listingId: LISTING,
    dateRange: { start: '2026-12-01', end: '2026-12-05' },
  };

  test('becomes one block a day, with the reason; nights of bookings are the bookings’ own', async () => {
    const at = guestyWorld(() => ({ status: 200, body: restCalendar }));
    await at.deliver(changed);
    expect(at.facts('calendar-block', block('2026-12-01'))).toEqual({
      listingId: LISTING,
      from: '2026-12-01',
      to: '2026-12-01',
      reason: 'maintenance',
    });
    expect(at.facts('calendar-block', block('2026-12-03'))).toMatchObject({ reason: 'owner' });
    expect(at.record('calendar-block', block('2026-12-02'))).toBeUndefined();
    expect(at.record('calendar-block', block('2026-12-04'))).toBeUndefined();
  });

  test('is asked for from yesterday to a year and a half ahead', async () => {
    let asked: URLSearchParams | undefined;
    const at = guestyWorld((_path, query) => {
      asked = query;
      return { status: 200, body: restCalendar };
    });
    await at.deliver(changed);
    expect(Object.fromEntries(asked ?? [])).toEqual({ startDate: '2026-11-20', endDate: '2028-05-14' });
    expect(at.calls.at(-1)).toBe(`/v1/availability-pricing/api/calendar/listings/${LISTING}`);
  });

  test('shrinks, grows and changes its reason day by day, and an unchanged one is not written again', async () => {
    let days = restCalendar.data.days;
    const at = guestyWorld(() => ({ status: 200, body: { data: { days } } }));
    await at.deliver(changed);
    const before = at.store.documents.get(`records/guesty:calendar-block:${block('2026-12-03')}`)?.updateTime;
    const [first, second, ...rest] = days;
    if (first === undefined || second === undefined) throw new Error('the fixture is empty');
    days = [
      { ...first, blocks: { ...first.blocks, m: false } },
      { ...second, blocks: { ...second.blocks, ic: true } },
      ...rest,
    ];
    await at.deliver(changed);
    expect(at.record('calendar-block', block('2026-12-01'))).toMatchObject({ deleted: true });
    expect(at.record('calendar-block', block('2026-12-02'))).toMatchObject({
      deleted: false,
      facts: { reason: 'other' },
    });
    expect(at.store.documents.get(`records/guesty:calendar-block:${block('2026-12-03')}`)?.updateTime).toEqual(before);
  });

  test('leaves the past as it was', async () => {
    let days = [{ date: '2026-11-20', listingId: LISTING, blocks: { o: true } }];
    const at = guestyWorld(() => ({ status: 200, body: { data: { days } } }));
    await at.deliver(changed);
    at.clock.now += 10 * 86_400_000;
    days = [];
    const reads: unknown[] = [];
    const query = at.store.query.bind(at.store);
    at.store.query = async asked => {
      const found = await query(asked);
      reads.push(found.ok ? found.value.length : found.error);
      return found;
    };
    await at.deliver(changed);
    expect(at.record('calendar-block', block('2026-11-20'))).toMatchObject({ deleted: false });
    expect(reads).toEqual([0]);
  });

  test('of a home that is gone is empty', async () => {
    let gone = false;
    const at = guestyWorld(() => (gone ? NOT_FOUND : { status: 200, body: restCalendar }));
    await at.deliver(changed);
    gone = true;
    await at.deliver(changed);
    await askUntilGone(at);
    expect(at.record('calendar-block', block('2026-12-01'))).toMatchObject({ deleted: true });
  });
});
