/** A distance in the calendar. Weeks are days. */
export interface Duration {
  readonly days: number;
  readonly months: number;
}

const DURATION =
  /^(?<sign>[+-]?)P(?:(?<years>\d{1,2})Y)?(?:(?<months>\d{1,3})M)?(?:(?<weeks>\d{1,3})W)?(?:(?<days>\d{1,4})D)?$/u;

/** The date part of an ISO 8601 duration with a sign, as in `-P3D`; nothing for other text. Pure. */
export function readDuration(text: string): Duration | undefined {
  const groups = /\d/u.test(text) ? DURATION.exec(text)?.groups : undefined;
  if (groups === undefined) return undefined;
  const sign = groups['sign'] === '-' ? -1 : 1;
  const count = (name: string): number => Number(groups[name] ?? 0);
  return {
    days: sign * (count('weeks') * 7 + count('days')) || 0,
    months: sign * (count('years') * 12 + count('months')) || 0,
  };
}
