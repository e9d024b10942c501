import { beforeEach, describe, expect, test } from 'vitest';
import { type BriefingDesk, briefed, briefingDesk } from '../../test/support/briefing-desk.ts';
import { world } from '../../test/support/world.ts';
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
const skipped = (): unknown[] =>
  desk.logged.filter(({ event }) => event === 'briefing.skipped').map(({ fields }) => fields);

describe('the morning briefing', () => {
  beforeEach(() => {
    desk.briefings = briefed({ morning: '07:30' });
  });

  test('tells arrivals with times, departures, turnovers, homes, guests who wait and missed calls', async () => {
    await roundAt('2026-11-21T07:29:00Z');
    expect(desk.posts('R1')).toEqual([]);
    await roundAt('2026-11-21T08:30:00Z');
    const [text, ...more] = desk.posts('R1');
    expect(more).toEqual([]);
    const lines = text?.split('\n') ?? [];
    expect(lines[0]).toBe('*Morning briefing, Sat 21 Nov*');
    expect(lines).toContain('*Checking in today* (Sat 21 Nov): 2 arrivals (1 not confirmed)');
    expect(lines).toContain('• *15:30* planned (Lisbon) · *Garden Studio* · Mia Larsen · 2 guests · HMX1');
    expect(lines).toContain('*Checking out today* (Sat 21 Nov): 1 departure');
    expect(text).toContain('The heating in the bedroom is cold');
    expect(text).toMatch(/Missed calls.*: 1 call\n• Sat 21 Nov \*08:05\* \(Lisbon\) · from Mia Larsen · missed/u);
    expect(text).not.toMatch(/912 ?345|Never Counted/u);
    expect(lines.at(-1)).toMatch(/^as of 08:30 \(Lisbon\), 03:30 \(New York\) · Sources: booking HMX/u);
  });

  test('is posted once, however many crons come, and again on the next day', async () => {
    await roundAt('2026-11-21T07:29:30Z');
    for (const time of ['07:30:01', '07:30:01', '07:31:00', '09:00:00']) await roundAt(`2026-11-21T${time}Z`);
    expect(desk.posts('R1')).toHaveLength(1);
    await roundAt('2026-11-22T07:30:00Z');
    expect(desk.posts('R1')).toHaveLength(2);
  });

  test.each([
    ['minutes', '2026-11-21T07:38:00Z', 1],
    ['a quarter of an hour', '2026-11-21T07:45:00Z', 0],
  ])('switched on %s after its time it comes that many times on that day', async (_, firstRound, times) => {
    await roundAt(firstRound);
    await roundAt('2026-11-21T08:30:00Z');
    expect(desk.posts('R1')).toHaveLength(times);
  });

  test('stays once per date when its time of day is moved', async () => {
    await roundAt('2026-11-21T07:29:30Z');
    await roundAt('2026-11-21T07:31:00Z');
    desk.briefings = briefed({ morning: '08:00' });
    await roundAt('2026-11-21T08:01:00Z');
    expect(desk.posts('R1')).toHaveLength(1);
  });

  test('is said to be out of date where nothing was received for long', async () => {
    await roundAt('2026-11-20T07:29:30Z');
    await roundAt('2026-11-20T08:31:00Z');
    await roundAt('2026-11-21T07:31:00Z');
    expect(desk.posts('R1').map(text => text.includes('nothing new was received since Fri 20 Nov 08:00'))).toEqual([
      false,
      true,
    ]);
  });

  test('of an empty day says that nobody comes or goes', async () => {
    await roundAt('2026-12-24T07:29:30Z');
    await roundAt('2026-12-24T07:31:00Z');
    const lines = desk.posts('R1')[0]?.split('\n') ?? [];
    expect(lines.filter(line => !line.startsWith('_Searched')).slice(0, 5)).toEqual([
      '*Morning briefing, Thu 24 Dec*',
      '_This may be out of date: nothing new was received since Fri 20 Nov 08:00._',
      'Nobody arrives or leaves today.',
      expect.stringMatching(/nswer.*: none$/u),
      '*Missed calls yesterday and today* (Wed 23 Dec – Thu 24 Dec): none',
    ]);
  });

  test('in a room for operations has first names only, no messages and no calls', async () => {
    desk.scopes = AssistantScopes.parse({ rooms: { '#front-desk': 'operations' } });
    await roundAt('2026-11-21T07:29:30Z');
    await roundAt('2026-11-21T08:30:00Z');
    const [text] = desk.posts('R1');
    expect(text).toContain('Mia');
    expect(text).not.toMatch(/Larsen|Ruiz|heating|call/iu);
  });

  test.each([
    ['the room’s id has no scope', { rooms: { '#front-desk': 'full', R1: 'none' } }],
    ['nothing is listed any more', {}],
  ])('is not posted where %s, and the log says so', async (_name, scopes) => {
    await roundAt('2026-11-21T07:29:30Z');
    desk.scopes = AssistantScopes.parse(scopes);
    await roundAt('2026-11-21T07:31:00Z');
    expect(desk.posts('R1')).toEqual([]);
    expect(skipped()).toEqual([
      { room: '#front-desk', kind: 'morning', slot: '2026-11-21', reason: 'room_without_scope' },
    ]);
  });

  test('that could not be posted while it was useful is skipped, with the reason in the log', async () => {
    await roundAt('2026-11-21T07:29:30Z');
    desk.chat.failWith({ kind: 'unavailable', detail: 'down' });
    for (const time of ['07:30', '09:00', '10:29', '10:30', '10:31']) await roundAt(`2026-11-21T${time}:00Z`);
    desk.chat.failWith(undefined);
    await roundAt('2026-11-21T10:32:00Z');
    expect(desk.posts('R1')).toEqual([]);
    expect(skipped()).toEqual([
      { room: '#front-desk', kind: 'morning', slot: '2026-11-21', reason: 'chat_unavailable' },
    ]);
  });

  test('that nobody woke for is skipped, once per date', async () => {
    await roundAt('2026-11-21T07:00:00Z');
    await roundAt('2026-11-23T12:00:00Z');
    await roundAt('2026-11-23T12:01:00Z');
    expect(skipped()).toMatchObject([
      { slot: '2026-11-21', reason: 'too_late' },
      { slot: '2026-11-22', reason: 'too_late' },
      { slot: '2026-11-23', reason: 'too_late' },
    ]);
  });

  test('to a room that nobody has seen waits for it, and goes to a direct message never', async () => {
    desk.briefings = briefed({ room: '#later', morning: '07:30' }, { room: 'D1', morning: '07:30' });
    await desk.addRoom('D1', 'frida', 'd');
    await roundAt('2026-11-21T07:29:30Z');
    await roundAt('2026-11-21T07:31:00Z');
    await desk.addRoom('R2', 'later', 'p');
    await roundAt('2026-11-21T07:32:00Z');
    await roundAt('2026-11-21T10:30:00Z');
    expect(desk.posts('R2')).toHaveLength(1);
    expect(desk.posts('D1')).toEqual([]);
    expect(skipped()).toMatchObject([{ room: 'D1', reason: 'room_not_known' }]);
  });

  test('that may stand in the chat already is corrected in place, with the words and the scope of then', async () => {
    let lost: 'after' | undefined = 'after';
    desk = briefingDesk({ chat: phase => (phase === lost ? 'unavailable' : undefined) });
    await desk.put(world);
    await desk.addRoom('R1', 'front-desk');
    desk.briefings = briefed({ morning: '07:30' });
    await roundAt('2026-11-21T07:29:30Z');
    await roundAt('2026-11-21T07:31:00Z');
    expect(desk.posts('R1')).toMatchObject([expect.stringContaining('Mia Larsen')]);
    lost = undefined;
    desk.scopes = AssistantScopes.parse({ rooms: { '*': 'operations' } });
    await roundAt('2026-11-21T07:32:00Z');
    const [text, ...more] = desk.posts('R1');
    expect(more).toEqual([]);
    expect(text).toContain('as of 07:32');
    expect(text).not.toContain('Larsen');
  });
});

test('the evening looks at tomorrow', async () => {
  desk.briefings = briefed({ evening: '18:00' });
  await roundAt('2026-11-20T17:59:30Z');
  await roundAt('2026-11-20T18:00:00Z');
  const [text] = desk.posts('R1');
  expect(text).toContain('*Evening look at tomorrow, Fri 20 Nov*');
  expect(text).toContain('*Checking in tomorrow* (Sat 21 Nov): 2 arrivals (1 not confirmed)');
  expect(text).not.toContain('Missed calls');
});
