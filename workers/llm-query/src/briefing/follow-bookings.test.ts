import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { beforeEach, describe, expect, test } from 'vitest';
import { type BriefingDesk, briefed, briefingDesk } from '../../test/support/briefing-desk.ts';
import { booking, record, world } from '../../test/support/world.ts';
import { AssistantScopes } from '../scopes.ts';

let desk: BriefingDesk;
beforeEach(async () => {
  desk = briefingDesk();
  await desk.put(world);
  await desk.addRoom('R1', 'front-desk');
});

const roundAt = (iso: string): Promise<void> => {
  desk.atMs = Date.parse(iso);
  return desk.round();
};

describe('news of bookings', () => {
  const changed = (code: string, receivedAt: string, more: object = {}): BusinessRecord => ({
    ...booking(code, { guest: `Guest ${code}`, home: 'l-garden', from: '2026-11-22', to: '2026-11-25', ...more }),
    receivedAt,
  });
  const made = (code: string, at: string, more: object = {}): BusinessRecord =>
    changed(code, at, { more: { bookedAt: at, changedAt: at }, ...more });

  beforeEach(async () => {
    desk.briefings = briefed({ announce: true });
    await roundAt('2026-11-21T09:00:00Z');
  });

  test('says nothing of what was known before it was switched on', async () => {
    await roundAt('2026-11-21T09:30:00Z');
    await roundAt('2026-11-21T10:30:00Z');
    expect(desk.posts('R1')).toEqual([]);
  });

  test('says nothing of a booking of before that an event named and that was read in full afterwards', async () => {
    const old = { more: { bookedAt: '2026-11-01T09:00:00.000Z', changedAt: '2026-11-01T09:00:00.000Z' } };
    const known = changed('OLD1', '2026-11-21T09:05:00.000Z', old);
    await desk.put([{ ...known, versions: { hearsay: 1 } }]);
    await roundAt('2026-11-21T09:05:30Z');
    const stay = known.kind === 'reservation' ? known.facts.stay : [];
    const whole = {
      ...known,
      facts: { ...known.facts, stay: stay.map(part => ({ ...part, plannedArrival: '18:15' })) },
    };
    await desk.put([BusinessRecord.parse({ ...whole, versions: { hearsay: 1, state: 2 } })]);
    for (const time of ['09:06:30', '09:10:00', '09:20:00']) await roundAt(`2026-11-21T${time}Z`);
    expect(desk.posts('R1')).toEqual([]);
  });

  test('knows what was received just before it was switched on and read just after', async () => {
    const old = { bookedAt: '2026-11-01T09:00:00.000Z' };
    const past = { ...old, changedAt: '2026-11-01T09:00:00.000Z' };
    await desk.put([changed('OLD1', '2026-11-21T08:59:58.000Z', { arrival: '18:15', more: past })]);
    await roundAt('2026-11-21T09:01:00Z');
    const now = { ...old, changedAt: '2026-11-21T09:04:00.000Z' };
    await desk.put([changed('OLD1', '2026-11-21T09:04:00.000Z', { arrival: '23:40', more: now })]);
    for (const time of ['09:04:30', '09:10:00', '09:20:00']) await roundAt(`2026-11-21T${time}Z`);
    const [text = '', ...more] = desk.posts('R1');
    expect(more).toEqual([]);
    expect(text).toContain('in *23:40* planned');
    expect(text).toContain('before: arrival 18:15 · OLD1');
  });

  test('tells a new booking as soon as it was at rest for as long as is configured', async () => {
    desk.newsQuietMs = 0;
    await desk.put([made('NEW1', '2026-11-21T09:05:00.000Z')]);
    await roundAt('2026-11-21T09:05:30Z');
    expect(desk.posts('R1')).toHaveLength(1);
  });

  test('tells a new booking once, when it has been at rest for three minutes', async () => {
    await desk.put([made('NEW1', '2026-11-21T09:05:00.000Z')]);
    await roundAt('2026-11-21T09:05:30Z');
    await roundAt('2026-11-21T09:08:00Z');
    expect(desk.posts('R1')).toEqual([]);
    for (const time of ['09:08:31', '09:09:00', '09:30:00', '10:30:00', '11:30:00'])
      await roundAt(`2026-11-21T${time}Z`);
    const [text, ...more] = desk.posts('R1');
    expect(more).toEqual([]);
    expect(text?.split('\n').slice(0, 2)).toEqual([
      '*Next 48 hours*: 1 booking new, changed or cancelled',
      '• *new booking* · *Garden Studio* Sun 22 Nov – Wed 25 Nov, in *16:00* default (Lisbon) · ' +
        'Guest NEW1 · 2 guests · NEW1',
    ]);
  });

  test('tells several changes of one booking as one, and several bookings in one message', async () => {
    await desk.put([made('NEW1', '2026-11-21T09:05:00.000Z')]);
    await roundAt('2026-11-21T09:05:30Z');
    await desk.put([
      made('NEW1', '2026-11-21T09:06:00.000Z', { to: '2026-11-26' }),
      {
        ...changed('HMX1', '2026-11-21T09:06:00.000Z', {
          guest: 'Mia Larsen',
          from: '2026-11-21',
          to: '2026-11-23',
          arrival: '18:00',
        }),
      },
      {
        ...changed('HMX3', '2026-11-21T09:06:00.000Z', {
          home: 'l-sea',
          from: '2026-11-19',
          to: '2026-11-21',
          status: 'canceled',
        }),
      },
    ]);
    await roundAt('2026-11-21T09:06:30Z');
    await roundAt('2026-11-21T09:10:00Z');
    await roundAt('2026-11-21T09:20:00Z');
    const [text, ...more] = desk.posts('R1');
    expect(more).toEqual([]);
    expect(text).toContain('3 bookings new, changed or cancelled');
    expect(text).toContain('*new booking* · *Garden Studio* Sun 22 Nov – Thu 26 Nov');
    expect(text).toContain('before: Sat 21 Nov – Tue 24 Nov, arrival 15:30 · HMX1');
    expect(text).toContain('• *cancelled* · *Sea View* Thu 19 Nov – Sat 21 Nov · Guest HMX3');
  });

  test.each([
    ['is changed and changed back', [{}, { to: '2026-11-26' }, {}]],
    ['is far away', [{ from: '2026-12-22', to: '2026-12-25' }]],
    ['was never more than an inquiry', [{ status: 'inquiry' }, { status: 'declined' }]],
    ['is made and called off at once', [{}, { status: 'canceled' }]],
  ])('is silent about a booking that %s', async (name, steps) => {
    if (name.startsWith('is changed')) {
      await desk.put([changed('OLD1', '2026-11-20T09:00:00.000Z')]);
      desk.briefings = briefed({});
      await roundAt('2026-11-21T09:01:00Z');
      desk.briefings = briefed({ announce: true });
      await roundAt('2026-11-21T09:02:00Z');
    }
    let minute = 5;
    for (const step of steps) {
      const at = `2026-11-21T09:${String(minute).padStart(2, '0')}:00.000Z`;
      await desk.put([made('OLD1', at, step)]);
      await roundAt(at);
      minute += 1;
    }
    await roundAt('2026-11-21T09:20:00Z');
    await roundAt('2026-11-21T10:20:00Z');
    expect(desk.posts('R1')).toEqual([]);
  });

  test('is silent about an import of old bookings', async () => {
    await desk.put([
      changed('OLD1', '2026-11-21T09:05:00.000Z', { more: { bookedAt: '2026-01-01T00:00:00Z' } }),
      { ...changed('OLD2', '2026-11-21T09:05:00.000Z'), provenance: { eventId: 'e', event: 'x', via: 'backfill' } },
    ]);
    await roundAt('2026-11-21T09:06:00Z');
    await roundAt('2026-11-21T09:10:00Z');
    expect(desk.posts('R1')).toEqual([]);
  });

  test('finds what was accepted long before it was written', async () => {
    await roundAt('2026-11-21T12:00:00Z');
    await desk.put([made('LATE', '2026-11-21T10:00:00.000Z')]);
    for (const time of ['12:01', '13:00', '13:03', '13:04', '14:10']) await roundAt(`2026-11-21T${time}:00Z`);
    expect(desk.posts('R1').map(text => text.includes('LATE'))).toEqual([true]);
  });

  test('tells of a booking that was removed', async () => {
    await desk.put([
      {
        ...booking('HMX1', { guest: 'Mia Larsen', home: 'l-garden', from: '2026-11-21', to: '2026-11-24' }),
        deleted: true,
        receivedAt: '2026-11-21T09:05:00.000Z',
      },
    ]);
    await roundAt('2026-11-21T09:05:30Z');
    await roundAt('2026-11-21T09:09:00Z');
    expect(desk.posts('R1')[0]).toContain('• *cancelled* · *Garden Studio* Sat 21 Nov – Tue 24 Nov · Mia Larsen');
  });

  test('in a room for operations has no surnames', async () => {
    desk.scopes = AssistantScopes.parse({ rooms: { '*': 'operations' } });
    await desk.put([made('NEW1', '2026-11-21T09:05:00.000Z', { guest: 'Karla Fischer' })]);
    await roundAt('2026-11-21T09:05:30Z');
    await roundAt('2026-11-21T09:09:00Z');
    expect(desk.posts('R1')[0]).toMatch(/Karla(?! Fischer)/u);
  });

  test('says nothing of a guest who was erased before it could be posted', async () => {
    await desk.put([made('NEW1', '2026-11-21T09:05:00.000Z')]);
    await roundAt('2026-11-21T09:05:30Z');
    desk.chat.failWith({ kind: 'unavailable', detail: 'down' });
    await roundAt('2026-11-21T09:09:00Z');
    desk.chat.failWith(undefined);
    await desk.put([{ ...made('NEW1', '2026-11-21T09:05:00.000Z'), erased: true }]);
    await roundAt('2026-11-21T09:10:00Z');
    expect(desk.posts('R1').join('')).not.toContain('NEW1');
  });

  test('names the guest of a booking that carries none itself', async () => {
    const facts = { guestId: 'g-1', guestName: undefined, bookedAt: '2026-11-21T09:05:00Z' };
    await desk.put([
      record('guest', 'g-1', { guestId: 'g-1', firstName: 'Rui', lastName: 'Costa' }),
      changed('NEW1', '2026-11-21T09:05:00.000Z', { more: facts }),
    ]);
    await roundAt('2026-11-21T09:05:30Z');
    await roundAt('2026-11-21T09:09:00Z');
    expect(desk.posts('R1')[0]).toContain('Rui Costa');
  });
});
