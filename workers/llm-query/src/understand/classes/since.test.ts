import { describe, expect, it } from 'vitest';
import { homes, words } from '../__fixtures__/world.ts';
import { understand } from '../understand.ts';

/** Wednesday 18 November 2026, 09:30 on the clocks of most homes (Lisbon). */
const askedAt = '2026-11-18T09:30:00Z';

describe('since', () => {
  it.each([
    ['since 18:00', '2026-11-17T18:00'],
    ['since 9:00', '2026-11-18T09:00'],
    ['since 9', '2026-11-18T09:00'],
    ['since 10', '2026-11-17T22:00'],
    ['since 9.15', '2026-11-18T09:15'],
    ['since 6pm', '2026-11-17T18:00'],
    ['since 12am', '2026-11-18T00:00'],
    ['what is new since 6:30 pm yesterday?', '2026-11-17T18:30'],
    ['what did I miss since yesterday at 6pm', '2026-11-17T18:00'],
    ['anything new since Friday evening', '2026-11-13T18:00'],
    ['since Monday', '2026-11-16T00:00'],
    ['since last night', '2026-11-17T20:00'],
    ['since midnight', '2026-11-18T00:00'],
    ['what happened in the last 3 hours', '2026-11-18T06:30'],
    ['any news from the past hour?', '2026-11-18T08:30'],
    ['what happened today', '2026-11-18T00:00'],
    ['what did I miss?', '2026-11-18T00:00'],
    ['seit 18 Uhr', '2026-11-17T18:00'],
    ['depuis 18h30', '2026-11-17T18:30'],
  ])('%s', (text, from) => {
    expect(understand({ text, askedAt, homes, words })).toMatchObject({ kind: 'since', from: `${from}:00.000Z` });
  });

  it.each([
    'since 25:00',
    'since 9 guests',
    'since tomorrow',
    'since the storm',
    'what happened yesterday',
    'since 18:00 in Lisbon',
    'last 2 hours',
    'messages since 18:00',
  ])('"%s" is no such question', text => {
    expect(['search', 'unclear']).toContain(understand({ text, askedAt, homes, words }).kind);
  });

  it('the hour is on the clock of most homes, whatever its offset that day', () => {
    const summer = understand({ text: 'since 18:00', askedAt: '2026-07-01T20:00:00Z', homes, words });
    expect(summer).toMatchObject({ from: '2026-07-01T17:00:00.000Z' });
    const newYork = homes.filter(home => home.timezone === 'America/New_York');
    expect(understand({ text: 'since 18:00', askedAt, homes: newYork, words })).toMatchObject({
      from: '2026-11-17T23:00:00.000Z',
    });
  });
});
