import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import type { LocalDate, LocalTime, TimeZone } from '@innkeeper/shared/domain/local-time';
import { wallClock } from '@innkeeper/shared/domain/local-time';
import type { DayRange, When } from '@innkeeper/shared/domain/plan';
import type { Homes } from './homes.ts';
import { bestFits } from './match-name.ts';

/** A telephone call with its time on the clock of the line it came in on. Pure. */
export interface CallLine {
  readonly record: RecordOf<'call'>;
  readonly date: LocalDate;
  readonly time: LocalTime;
  readonly zone: TimeZone;
  readonly missed: boolean;
}

export function callsOf(
  records: readonly RecordOf<'call'>[],
  asked: { readonly when: When; readonly filter: 'all' | 'missed' | 'voicemail'; readonly with?: string | undefined },
  homes: Homes,
): CallLine[] {
  const calls = records
    .map(record => callLine(record, homes))
    .filter(line => {
      const days = daysOnLine(asked.when, line.zone, homes);
      if (days === undefined || line.date < days.from || line.date > days.to) return false;
      if (asked.filter === 'missed') return line.missed;
      return asked.filter === 'all' || line.record.facts.hasVoicemail;
    })
    .sort((left, right) => left.record.facts.startedAt.localeCompare(right.record.facts.startedAt));
  return asked.with === undefined ? calls : callsWith(calls, asked.with);
}

/** The days meant on a line's clock; where no home is on it, those meant where most homes are. */
export const daysOnLine = (when: When, zone: TimeZone, { askedAtMs, mainZone }: Homes): DayRange | undefined =>
  when.byToday[wallClock(zone, askedAtMs).date] ?? when.byToday[wallClock(mainZone, askedAtMs).date];

/** The clocks of the lines that were called, or where nobody called the one where most homes are. */
export function zonesOfLines(records: readonly RecordOf<'call'>[], { mainZone }: Homes): TimeZone[] {
  const zones = new Set(records.map(record => zoneOf(record, mainZone)));
  return zones.size === 0 ? [mainZone] : [...zones];
}

/** Who asks for a number in a chat means a call of these days; older ones are found in Aircall. */
export const RECENT_CALL_DAYS = 14;

/** The newest of them with somebody of that name. */
export function latestCallWith(name: string, records: readonly RecordOf<'call'>[], homes: Homes): CallLine | undefined {
  const since = homes.askedAtMs - RECENT_CALL_DAYS * 86_400_000;
  const recent = records.filter(({ facts }) => Date.parse(facts.startedAt) >= since);
  return callsWith(
    recent.map(record => callLine(record, homes)),
    name,
  ).sort((left, right) => right.record.facts.startedAt.localeCompare(left.record.facts.startedAt))[0];
}

/** By the other party, as the address book or the bookings call them, or by the colleague who took or made the call. */
function callsWith(calls: readonly CallLine[], name: string): CallLine[] {
  const parties = calls.flatMap(call => {
    const { contactName, guests = [], agent, transferredTo } = call.record.facts;
    const names = [contactName, ...guests.map(guest => guest.name), agent, transferredTo];
    return names.flatMap(party => (party === undefined ? [] : { call, party }));
  });
  const fitting = new Set(bestFits(name, parties, ({ party }) => party).map(({ call }) => call));
  return calls.filter(call => fitting.has(call));
}

export function callLine(record: RecordOf<'call'>, homes: Homes): CallLine {
  const zone = zoneOf(record, homes.mainZone);
  return {
    record,
    ...wallClock(zone, Date.parse(record.facts.startedAt)),
    zone,
    missed: record.facts.missedReason !== undefined,
  };
}

const zoneOf = ({ facts: { line } }: RecordOf<'call'>, mainZone: TimeZone): TimeZone => line?.timezone ?? mainZone;
