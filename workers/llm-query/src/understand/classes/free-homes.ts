import type { Plan, When } from '@innkeeper/shared/domain/plan';
import { type Asked, onlyWhen } from '../asked.ts';
import type { DateUse } from '../dates/resolve-date.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import { homesOf, type Reading } from '../reading.ts';
import { isCovered } from './coverage.ts';
import { formOf, knownDays } from './stays.ts';

/** Which homes are free, whether one is, and how full all of them are. Pure. */

const beginnings: ReadonlySet<string> = new Set('from|starting|ab|desde|des'.split('|'));
/** "free from Sunday": in the night from which it has to be. */
const nightsFrom = (asked: Asked, use: DateUse): When | undefined => {
  const { tokens, dates, homes } = asked.reading;
  if (homes.some(({ meaning }) => meaning !== 'all_of')) return knownDays(asked, use);
  return dates.some(({ from }) => beginnings.has(tokens[from - 1]?.text ?? ''))
    ? onlyWhen(asked, use)
    : knownDays(asked, use);
};

/** "is Lisbon full tonight": of several homes together it asks for those that are left. */
const isFull = ({ tokens, homes, tags }: Reading): boolean =>
  tokens.some(({ text }) => text === 'full') &&
  !tags.has('who') &&
  homes.length > 0 &&
  homes.every(({ meaning }) => meaning === 'all_of');

/** "how full are we", "occupancy tomorrow" */
const asksHowFull = ({ tokens }: Reading): boolean =>
  tokens.some(
    ({ text }, at) =>
      text === 'occupancy' || (text === 'how' && /^(?:full|busy|booked)$/u.test(tokens[at + 1]?.text ?? '')),
  );

const freeNights: DateUse = { unit: 'nights', lean: 'future' };

export function readFreeHomes(asked: Asked): Plan | undefined {
  const { reading } = asked;
  // "can we book the Blue Flat" is about a home, "can I be free tomorrow" is not.
  const can: readonly Tag[] = reading.homes.length > 0 || reading.tags.has('homes') ? ['can'] : [];
  const allowed: readonly Tag[] = ['free', 'which', 'homes', 'count', 'now', 'still', 'where', ...can];
  const full: readonly Tag[] = isFull(reading) ? ['occupied'] : [];
  if ((!reading.tags.has('free') && full.length === 0) || !isCovered(reading, [...allowed, ...full])) return undefined;
  if (reading.dates[0]?.expression.kind === 'since') return undefined;
  const when: When | undefined = nightsFrom(asked, freeNights);
  const form = asksHowFull(reading) ? 'count' : formOf(reading);
  return when && { kind: 'free_homes', when, homes: homesOf(reading), form };
}
