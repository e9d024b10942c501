import { Instant } from '@innkeeper/shared/domain/local-time';
import { describe, expect, it } from 'vitest';
import { homes } from '../__fixtures__/world.ts';
import { understand } from '../understand.ts';

const planOf = (text: string) => understand({ text, askedAt: Instant.parse('2026-11-18T09:30:00Z'), homes, words: [] });

describe('days that cannot be', () => {
  it.each([
    ['who is checking in on 31 February', '31 February'],
    ['arrivals 2026-11-31', '2026-11-31'],
    ['missed calls on 31 June', '31 June'],
    ['tasks due on 32 December', '32 December'],
    ['when does Mia arrive on 31 February?', '31 February'],
    ['llegadas el 31 de febrero', 'el 31 de febrero'],
    ['arrivées le 31 février', 'le 31 février'],
  ])('%j: no calendar has the day', (text, words) => {
    expect(planOf(text)).toEqual({ kind: 'unclear', days: { words, fault: 'no_such_day' } });
  });

  it.each([
    ['arrivals from Friday to Wednesday last week', 'from Friday to Wednesday last week'],
    ['departures from 6 December 2026 to 3 December 2026', 'from 6 December 2026 to 3 December 2026'],
    ['who arrives from 24 to 21 November', 'from 24 to 21 November'],
  ])('%j: the end lies before the beginning', (text, words) => {
    expect(planOf(text)).toEqual({ kind: 'unclear', days: { words, fault: 'backwards' } });
  });

  it.each([
    ['what did the guest say about 31 February', 'search'],
    ['arrivals friday, sunday and monday', 'search'],
    ['arrivals 29 February', 'arrivals'],
    ['arrivals on 25/12 and 12/25', 'search'],
  ])('%j is nothing of the kind', (text, kind) => {
    expect(planOf(text).kind).toBe(kind);
  });
});
