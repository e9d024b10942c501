/**
 * Phrases with the days they mean, written by hand for somebody who asks on Wednesday 18 November 2026 about coming
 * days. A row is `phrase = first day .. last day`, days as MM-DD of 2026 or YY-MM-DD; `+` for a year without an end;
 * `none` where nothing is better than something wrong.
 */
export type DatePhrase = { readonly phrase: string; readonly days: string };

export const today = '2026-11-18';

const fullDate = (short: string): string => (short.length === 5 ? `2026-${short}` : `20${short}`);

export function datePhrases(rows: string): readonly DatePhrase[] {
  return rows
    .trim()
    .split('\n')
    .map(row => {
      const [phrase = '', days = ''] = row.split(' = ').map(side => side.trim());
      if (days === 'none') return { phrase, days };
      if (days.endsWith('+')) return { phrase, days: `${fullDate(days.slice(0, -1))}+` };
      const [from = '', to = from] = days.split('..');
      return { phrase, days: `${fullDate(from)}..${fullDate(to)}` };
    });
}
