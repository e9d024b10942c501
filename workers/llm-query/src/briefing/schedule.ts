import type { LocalDate, LocalTime, TimeZone } from '@innkeeper/shared/domain/local-time';
import { addDays, wallClock } from '@innkeeper/shared/domain/local-time';
import { instantAt } from '../understand/dates/local-instant.ts';
import type { BriefedRoom } from './briefing-settings.ts';

/**
 * When which room is briefed: once per room, kind and local date. A time the clocks skip is due right after the gap, a
 * time they show twice the first time. Instants are milliseconds since the epoch. Pure.
 */
export interface Occurrence {
  readonly room: string;
  readonly kind: BriefingKind;
  /** On the room's clock. */
  readonly date: LocalDate;
  readonly dueAtMs: number;
  /** From then on it would say what everybody knows by now. */
  readonly uselessAtMs: number;
}

export type BriefingKind = 'morning' | 'evening';

/** After so long the morning's arrivals are under way. The words "today" and "tomorrow" end with the date anyway. */
const USEFUL_MS = 3 * 3_600_000;

const KINDS: readonly BriefingKind[] = ['morning', 'evening'];

/** What falls due after `afterMs` and up to `toMs`, the earliest first. */
export function occurrences(
  rooms: readonly BriefedRoom[],
  span: { readonly afterMs: number; readonly toMs: number },
): Occurrence[] {
  return rooms
    .flatMap(room => KINDS.flatMap(kind => ofRoom(room, kind, span)))
    .sort((left, right) => left.dueAtMs - right.dueAtMs);
}

function ofRoom(
  { room, zone, ...times }: BriefedRoom,
  kind: BriefingKind,
  span: { readonly afterMs: number; readonly toMs: number },
): Occurrence[] {
  const time = times[kind];
  if (time === undefined) return [];
  const found: Occurrence[] = [];
  const last = addDays(wallClock(zone, span.toMs).date, 1);
  for (let date = addDays(wallClock(zone, span.afterMs).date, -1); date <= last; date = addDays(date, 1)) {
    const dueAtMs = dueAt(zone, date, time);
    if (dueAtMs === undefined || dueAtMs <= span.afterMs || dueAtMs > span.toMs) continue;
    const nextDateMs = instantAt(zone, addDays(date, 1), '00:00' as LocalTime);
    found.push({ room, kind, date, dueAtMs, uselessAtMs: Math.min(dueAtMs + USEFUL_MS, nextDateMs) });
  }
  return found;
}

/** Undefined on a date that the zone never had: Samoa went from 29 to 31 December 2011. */
function dueAt(zone: TimeZone, date: LocalDate, time: LocalTime): number | undefined {
  const instant = instantAt(zone, date, time);
  if (wallClock(zone, instant).date === date) return instant;
  // A gap that reaches to midnight (23:30 does not exist) leads into the next date: then the date's last minute counts.
  const lastMinute = instantAt(zone, addDays(date, 1), '00:00' as LocalTime) - MINUTE_MS;
  return wallClock(zone, lastMinute).date === date ? lastMinute : undefined;
}

const MINUTE_MS = 60_000;
