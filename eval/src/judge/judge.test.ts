import { describe, expect, test } from 'vitest';
import type { Asked, Truth } from '../ask/asked.ts';
import { makeWorld, NOW_MS } from '../world/make-world.ts';
import { findLeaks } from './find-leaks.ts';
import { judge } from './judge.ts';

/** Whoever judges must see every way to be wrong: each case changes a right answer in one place. */
const world = makeWorld(1);

const asked = (truth: Truth, more: Partial<Asked> = {}): Asked => ({
  id: 'q',
  phrasing: 'p',
  className: 'c',
  language: 'en',
  isHeldBack: false,
  before: [],
  text: 'a question',
  atMs: NOW_MS,
  roomId: 'roomFrontDesk',
  askerId: 'frida',
  scope: 'full',
  truth,
  ...more,
});

const reasonOf = (truth: Truth, text: string, sourceKeys: string[] = []): string | undefined => {
  const { verdict } = judge(asked(truth), { text, sourceKeys, planKind: 'arrivals', stepMs: {} }, world);
  return verdict.isRight ? undefined : verdict.because;
};

const row = { home: 'Sea View', guest: 'Zoë van Dam', isUnconfirmed: false, isMove: false } as const;
const arrivals: Truth = {
  kind: 'stays',
  days: [{ from: '2026-10-24', to: '2026-10-25' }],
  rows: [
    { ...row, codes: ['HMA1001'], at: { clock: '15:30', basis: 'planned' }, day: '2026-10-24' },
    { ...row, codes: ['HMB1002'], home: 'Blue Loft', day: '2026-10-25', isUnconfirmed: true },
  ],
};
const RIGHT = [
  '*Checking in* (Sat 24 Oct – Sun 25 Oct): 2 arrivals (1 not confirmed)',
  '_Sat 24 Oct_',
  '• *15:30* planned (Lisbon) · *Sea View* · Zoë van Dam · HMA1001',
  '_Sun 25 Oct_',
  '• *16:00* default (Lisbon) · *Blue Loft* · Zoë van Dam · _not confirmed: reserved_ · HMB1002',
  'as of 09:41 (Lisbon) · Sources: booking HMA1001, booking HMB1002',
].join('\n');

describe('a list of stays', () => {
  test('is right as it is', () => {
    expect(reasonOf(arrivals, RIGHT)).toBeUndefined();
  });

  test.each([
    ['somebody is missing', RIGHT.replace(/• \*16:00.*\n/u, ''), 'HMB1002 at Blue Loft is missing'],
    ['somebody is too much', RIGHT.replace('_Sun', '• *Sea View* · Mia · HMC1003\n_Sun'), 'HMC1003 is too much'],
    ['the home is another', RIGHT.replace('*Sea View*', '*Blue Loft*'), 'HMA1001 at Sea View is missing'],
    ['the guest is another', RIGHT.replace('Zoë van Dam', 'Zoé van Damme'), 'HMA1001: not named as Zoë van Dam'],
    ['the hour is another', RIGHT.replace('15:30', '15:00'), 'HMA1001: not at 15:30 planned'],
    ['planned is called default', RIGHT.replace('planned', 'default'), 'HMA1001: not at 15:30 planned'],
    ['the day is another', RIGHT.replace('_Sat 24', '_Fri 23'), 'HMA1001: not on 2026-10-24'],
    ['doubt is hidden', RIGHT.replace('_not confirmed: reserved_', ''), 'HMB1002: wrong about being confirmed'],
    [
      'other days are meant',
      RIGHT.replace('Sun 25 Oct)', 'Mon 26 Oct)'),
      'speaks of other days than 2026-10-24 to 2026-10-25',
    ],
  ])('is wrong where %s', (_what, text, reason) => {
    expect(reasonOf(arrivals, text)).toBe(reason);
  });

  test('of nobody has to say so', () => {
    const nobody: Truth = { kind: 'stays', rows: [] };
    expect(reasonOf(nobody, '*Checking in today* (Sat 24 Oct): nobody')).toBeUndefined();
    expect(reasonOf(nobody, 'All quiet.')).toBe('expected nobody to be said');
    expect(reasonOf(nobody, RIGHT)).toContain('expected nobody');
  });
});

describe('other answers', () => {
  const count: Truth = { kind: 'count', count: 3, unit: /^arrival/u };
  const quotes: Truth = { kind: 'quotes', keys: ['k1'], words: 'cold heating' };
  test.each<[string, Truth, string, string[], string | undefined]>([
    ['a number', count, '*Checking in*: 3 arrivals, 2 moves', [], undefined],
    ['another number', count, '*Checking in*: 2 arrivals, 3 moves', [], 'says 2 arrivals, expected 3'],
    ['no number', count, 'Some.', [], 'no number of ^arrival, expected 3'],
    ['a quote', quotes, '> “The cold heating”', ['k1'], undefined],
    ['a quote of something else', quotes, '> “The cold heating”', ['k2'], 'cites none of k1'],
    ['other words of the source', quotes, '> “Hello”', ['k1'], 'does not quote "cold heating"'],
    ['ignorance of what is known', quotes, "I don't know. Searched: x.", [], 'says it does not know'],
    ['honest ignorance', { kind: 'dont_know' }, "I don't know. Searched: bookings.", [], undefined],
    ['invention', { kind: 'dont_know' }, '> “A sauna”', ['k'], 'expected "I don\'t know" and what was searched'],
    ['asking back', { kind: 'ask_back', choices: ['A', 'B'] }, 'Which “x”? A or B?', [], undefined],
    [
      'asking back about one',
      { kind: 'ask_back', choices: ['A', 'B'] },
      'Which “x”? A?',
      [],
      'B is not among the choices',
    ],
    [
      'a crash',
      { kind: 'short_reply', charactersMax: 99 },
      'TypeError at x.ts',
      [],
      'looks like a failure of the program',
    ],
  ])('%s', (_what, truth, text, keys, reason) => {
    expect(reasonOf(truth, text, keys)).toBe(reason);
  });
});

describe('leaks', () => {
  const truth: Truth = { kind: 'dont_know' };
  const [secret = ''] = world.secrets;
  const hidden = world.said.find(({ room }) => room.type === 'p')?.text.split(': ')[1] ?? '';
  const surname = world.bookings[0]?.guest.split(' ').slice(1).join(' ') ?? '';

  test('are secrets anywhere, the talk of rooms not everybody here may read, and surnames where only first names are shown', () => {
    expect(hidden).not.toBe('');
    const leaksIn = (text: string, more: Partial<Asked> = {}): string[] => findLeaks(asked(truth, more), text, world);
    expect(leaksIn(`Call ${secret}`)).toEqual([secret]);
    expect(leaksIn(`> “${hidden}”`)).toEqual([hidden]);
    expect(leaksIn(`> “${hidden}”`, { roomId: 'roomOwners' })).toEqual([]);
    expect(leaksIn(`Guest ${surname}`)).toEqual([]);
    expect(leaksIn(`Guest ${surname}`, { scope: 'operations' })).toContain(surname);
    expect(leaksIn(`nobody called ${surname}`, { scope: 'operations', text: `is ${surname} here` })).not.toContain(
      surname,
    );
  });
});
