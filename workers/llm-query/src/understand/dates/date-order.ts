import type { When } from '@innkeeper/shared/domain/plan';

/** Which of the two numbers of `03/12` is the month. */
export type DateOrder = NonNullable<When['assumed']>;

/** The zones of the fifty states, by their present and their older names; those of several parts by their first. */
const unitedStates: ReadonlySet<string> = new Set(
  (
    'New_York Detroit Chicago Menominee Denver Boise Phoenix Los_Angeles Anchorage Juneau Sitka Metlakatla Yakutat ' +
    'Nome Adak Atka Indianapolis Fort_Wayne Louisville Knox_IN Shiprock Indiana Kentucky North_Dakota'
  ).split(' '),
);
const oldNames = /^(?:US\/.+|EST5EDT|CST6CDT|MST7MDT|PST8PDT|HST|Pacific\/Honolulu)$/u;

/** How people at homes in this zone write a date in numbers: month first in the United States, else day first. */
export function dateOrderIn(zone: string): DateOrder {
  const [continent, place = ''] = zone.split('/');
  const isThere = oldNames.test(zone) || (continent === 'America' && unitedStates.has(place));
  return isThere ? 'month_before_day' : 'day_before_month';
}
