/**
 * The demo's own calendar arithmetic. It shares nothing with the product's, so that a mistake there cannot hide here.
 * Days are `YYYY-MM-DD`.
 */
export type Day = string;

export function dayAt(zone: string, at: Date): Day {
  // Swedish writes dates as ISO does.
  return at.toLocaleDateString('sv-SE', { timeZone: zone });
}

export function plusDays(day: Day, days: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}

/** 0 Sunday … 6 Saturday. */
export const weekday = (day: Day): number => new Date(`${day}T12:00:00Z`).getUTCDay();

export const nightsBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000);

/** The instant of a wall-clock time at `zone`, found by correcting a guess with the zone's own clock. */
export function instantAt(zone: string, day: Day, time: string): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    const shown = new Date(guess).toLocaleString('sv-SE', { timeZone: zone });
    guess += wanted - Date.parse(`${shown.replace(' ', 'T')}Z`);
  }
  return new Date(guess);
}

/** Milliseconds until nothing that takes `durationMs` crosses a midnight in any of the zones; 0: it does not now. */
export function waitForOneDay(zones: readonly string[], at: Date, durationMs: number): number {
  const midnights = zones.map(zone => instantAt(zone, plusDays(dayAt(zone, at), 1), '00:00').getTime());
  const crossed = midnights.filter(midnight => midnight <= at.getTime() + durationMs);
  return crossed.length === 0 ? 0 : Math.max(...crossed) - at.getTime();
}
