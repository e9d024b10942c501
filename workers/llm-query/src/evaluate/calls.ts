import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import type { LocalDate, LocalTime, TimeZone } from '@innkeeper/shared/domain/local-time';
import { wallClock } from '@innkeeper/shared/domain/local-time';
import type { When } from '@innkeeper/shared/domain/plan';
import type { Homes } from './homes.ts';

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
  asked: { readonly when: When; readonly filter: 'all' | 'missed' | 'voicemail' },
  homes: Homes,
): CallLine[] {
  return records
    .map(record => callLine(record, homes))
    .filter(line => {
      const today = wallClock(line.zone, homes.askedAtMs).date;
      const days = asked.when.byToday[today] ?? asked.when.byToday[wallClock(homes.mainZone, homes.askedAtMs).date];
      if (days === undefined || line.date < days.from || line.date > days.to) return false;
      if (asked.filter === 'missed') return line.missed;
      return asked.filter === 'all' || line.record.facts.hasVoicemail;
    })
    .sort((left, right) => left.record.facts.startedAt.localeCompare(right.record.facts.startedAt));
}

export function callLine(record: RecordOf<'call'>, homes: Homes): CallLine {
  const zone = record.facts.line?.timezone ?? homes.mainZone;
  return {
    record,
    ...wallClock(zone, Date.parse(record.facts.startedAt)),
    zone,
    missed: record.facts.missedReason !== undefined,
  };
}
