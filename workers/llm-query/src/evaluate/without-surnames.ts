import type { BusinessRecord, RecordOf } from '@innkeeper/shared/domain/business-record';
import { redact } from '@innkeeper/shared/redaction/redact';
import type { PersonName } from './bookings.ts';
import { allBookings } from './bookings.ts';
import type { Snapshot } from './snapshot.ts';
import { kindOf } from './tasks.ts';

/**
 * For rooms that see first names only: people write a guest's name into the title of a task. Whose surnames it may hold
 * is known of the bookings that were read and of the guests of these weeks; each is cut to its initial. Any other name,
 * of an owner or of a guest long gone, is not told from a word. Pure.
 */
export function withoutSurnames(snapshot: Snapshot): Snapshot {
  const { records, guests = [] } = snapshot;
  if (guests === 'too_many') return { ...snapshot, records: records.map(titledByKind) };
  const known = [...guests, ...allBookings(snapshot).flatMap(({ guest }) => guest ?? [])];
  return { ...snapshot, records: records.map(record => titledWithout(record, known)) };
}

const KINDS = { cleaning: 'Cleaning', maintenance: 'Maintenance', other: 'Task' } as const;

const titledByKind = (record: BusinessRecord): BusinessRecord =>
  record.kind === 'task' ? { ...record, facts: { ...record.facts, title: KINDS[kindOf(record.facts.title)] } } : record;

/** A task whose title names none of `guests` by surname; anything else as it is. */
export function titledWithout<T extends { readonly kind: string }>(
  record: T | RecordOf<'task'>,
  guests: readonly PersonName[],
): T | RecordOf<'task'> {
  if (!isTask(record)) return record;
  const surnames = guests.flatMap(guest => {
    const first = new Set(wordsOf(guest.first));
    return wordsOf(guest.full).filter(word => !first.has(word) && word.length > 1);
  });
  // Codes first: cut words would hide them.
  const title = initialsOf(redact(record.facts.title), new Set(surnames));
  return { ...record, facts: { ...record.facts, title } };
}

const isTask = (record: { readonly kind: string }): record is RecordOf<'task'> => record.kind === 'task';

const initialsOf = (title: string, surnames: ReadonlySet<string>): string =>
  title.replace(WORD, (word, initial: string) => (surnames.has(word.toLowerCase()) ? `${initial}.` : word));

const WORD = /(\p{L})[\p{L}\p{M}]*/gu;
const wordsOf = (name: string): string[] => (name.match(WORD) ?? []).map(word => word.toLowerCase());
