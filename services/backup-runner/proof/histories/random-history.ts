import { type Dice, rollDice } from '@innkeeper/local-stack/demo/world/dice';
import { RETENTION } from '@innkeeper/shared/contracts/backup/exchange';
import type { RetainableSnapshot, RetentionQuotas } from '@innkeeper/shared/domain/retention';

/** A made-up past of one machine's backups: what its clock, its zone, its schedule and its people did to it. Pure. */
export type HistorySnapshot = Omit<RetainableSnapshot, 'id'>;

/** The same seed makes the same history, on a host of its own. */
export function randomHistory(seed: number): readonly HistorySnapshot[] {
  const dice = rollDice(seed);
  const snapshots: HistorySnapshot[] = [];
  const moment = { epochMs: Date.UTC(dice.between(2019, 2034), dice.between(0, 11), dice.between(1, 28)), nanos: 0 };
  const nightly = dice.pick(HABITS);
  let zone = dice.pick(ZONES);
  for (let left = dice.between(1, dice.pick([4, 30, 160])); left > 0; left -= 1) {
    (dice.chance(70) ? nightly : dice.pick(EVENTS))(moment, dice, zone);
    if (dice.chance(4)) zone = dice.pick(ZONES);
    const time = writeTime(moment.epochMs, moment.nanos, zone);
    snapshots.push({ time, host: `host-${seed}`, paths: dice.pick(PATHS) });
  }
  return dice.shuffle(snapshots);
}

/** Neighbouring seeds share their policy, so that one call of restic decides on all their histories. */
export const SEEDS_PER_POLICY = 100;

export function policyOfSeed(seed: number): RetentionQuotas {
  const dice = rollDice(Math.floor(seed / SEEDS_PER_POLICY));
  if (dice.chance(40)) return RETENTION;
  if (dice.chance(10)) return { keepDaily: 0, keepWeekly: 0, keepMonthly: 0 };
  const quota = (): number => dice.pick([0, 0, 1, 2, 3, dice.between(4, 12), dice.between(13, 60)]);
  return { keepDaily: quota(), keepWeekly: quota(), keepMonthly: quota() };
}

/** `TZ` of the restic that is asked: it must not matter. */
export const zoneOfRestic = (seed: number): string => rollDice(Math.floor(seed / SEEDS_PER_POLICY) + 1).pick(ZONES);

/** One group with its paths in either order, and two with others. */
const PATHS: readonly [readonly string[], ...(readonly string[])[]] = [
  ['/mongodb.archive'],
  ['/mongodb.archive'],
  ['/srv/b', '/srv/a'],
  ['/srv/a', '/srv/b'],
];

/** With and without summer time, with odd offsets, on both sides of the date line. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'America/St_Johns',
] as const;

interface Moment {
  epochMs: number;
  nanos: number;
}
type Passing = (moment: Moment, dice: Dice, zone: string) => void;

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;

const pass =
  (lowMs: number, highMs: number): Passing =>
  (moment, dice) => {
    // In seconds: a year of milliseconds is more than the dice can count.
    moment.epochMs += dice.between(lowMs / SECOND_MS, highMs / SECOND_MS) * SECOND_MS + dice.between(0, 999);
    moment.nanos = dice.between(0, 999_999);
  };

const HABITS: readonly [Passing, ...Passing[]] = [
  pass(DAY_MS, DAY_MS),
  pass(DAY_MS - HOUR_MS, DAY_MS + HOUR_MS),
  pass(2 * HOUR_MS, 12 * HOUR_MS),
  pass(6 * DAY_MS, 8 * DAY_MS),
  pass(25 * DAY_MS, 35 * DAY_MS),
];

/** Around the end of a day of the machine, which may be the end of a week, a month or a year. */
const toMidnight: Passing = (moment, dice, zone) => {
  const nextDayMs = (Math.floor(moment.epochMs / DAY_MS) + dice.between(1, 3)) * DAY_MS;
  moment.epochMs = nextDayMs - offsetMinutes(nextDayMs, zone) * 60_000 + dice.pick([-1, 0, 1]);
  moment.nanos = dice.pick([0, 1, 999_999]);
};

const toNewMonth: Passing = (moment, dice, zone) => {
  const date = new Date(moment.epochMs);
  moment.epochMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + dice.pick([1, 1, 12]), 0);
  toMidnight(moment, dice, zone);
};

const EVENTS: readonly [Passing, ...Passing[]] = [
  () => {}, // The very same instant again, perhaps written in another zone.
  moment => {
    moment.nanos = (moment.nanos + 1) % 1_000_000;
  },
  pass(SECOND_MS, 60 * SECOND_MS),
  pass(HOUR_MS, 5 * HOUR_MS),
  pass(-3 * DAY_MS, 0),
  pass(10 * DAY_MS, 400 * DAY_MS),
  toMidnight,
  toNewMonth,
];

/** As Go writes a time: no trailing zeros, `Z` for UTC. */
function writeTime(epochMs: number, nanos: number, zone: string): string {
  const minutes = offsetMinutes(epochMs, zone);
  const local = new Date(epochMs + minutes * 60_000).toISOString();
  const fraction = `${local.slice(20, 23)}${String(nanos).padStart(6, '0')}`.replace(/0+$/u, '');
  const sign = minutes < 0 ? '-' : '+';
  const two = (number: number): string => String(number).padStart(2, '0');
  const offset =
    minutes === 0 ? 'Z' : `${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return `${local.slice(0, 19)}${fraction === '' ? '' : `.${fraction}`}${offset}`;
}

const formatters = new Map(
  ZONES.map(zone => [
    zone as string,
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' }),
  ]),
);

/** Of a zone's clock before UTC, at an instant. */
function offsetMinutes(epochMs: number, zone: string): number {
  const [, sign, hours, minutes] =
    /GMT(?:([+-])(\d{2}):(\d{2}))?$/u.exec(formatters.get(zone)?.format(epochMs) ?? '') ?? [];
  const total = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -total : total;
}
