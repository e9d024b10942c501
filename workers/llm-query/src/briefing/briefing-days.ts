import { addDays } from '@innkeeper/shared/domain/local-time';
import type { When } from '@innkeeper/shared/domain/plan';
import type { Homes } from '../evaluate/homes.ts';
import { todays } from '../evaluate/homes.ts';

/** Days counted from each home's own today, both ends included: `0, 0` is today. Pure. */
export const daysFromToday = (homes: Homes, first: number, last: number, words = ''): When => ({
  words,
  byToday: Object.fromEntries(
    todays(homes).map(today => [today, { from: addDays(today, first), to: addDays(today, last) }]),
  ),
});
