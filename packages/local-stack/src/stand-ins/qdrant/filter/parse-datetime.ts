const DATETIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?$/iu;

/** RFC 3339, or a date or date and time alone, which are UTC. Answers in microseconds since 1970. */
export function parseDatetime(text: string): number | undefined {
  const parts = DATETIME.exec(text);
  if (parts === null) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour = '0',
    minute = '0',
    second = '0',
    fraction = '',
    ,
    sign,
    aheadHours = '0',
    aheadMinutes = '0',
  ] = parts;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (
    new Date(date).toISOString().slice(0, 10) !== `${year}-${month}-${day}` ||
    Number(hour) > 23 ||
    Number(minute) > 59 ||
    Number(second) > 60
  ) {
    return undefined;
  }
  const ahead = (Number(aheadHours) * 60 + Number(aheadMinutes)) * (sign === '-' ? -1 : 1);
  const seconds = Number(hour) * 3600 + (Number(minute) - ahead) * 60 + Number(second);
  return date * 1000 + seconds * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}
