import type { RecordSource } from '../domain/ids.ts';
import type { Log } from '../log/log.ts';

/** One line per name and isolate: a vendor's new event may come a thousand times before somebody maps it. I/O: the log. */
export function tellOfUnknownEvent(log: Log, source: RecordSource, event: string): void {
  const told = toldBy.get(log) ?? new Set<string>();
  toldBy.set(log, told);
  if (told.has(event) || told.size >= NAMES_MAX) return;
  told.add(event);
  log.error('event.unknown', { source, name: event });
}

/** An isolate has one log and keeps it for life. */
const toldBy = new WeakMap<Log, Set<string>>();

/** Far more than a vendor invents; names made up by the thousand do not fill the memory. */
const NAMES_MAX = 200;
