import { RecordSource } from '@innkeeper/shared/domain/ids';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';

/** Values of options that several commands take; a sentence where one cannot be. Pure. */
export const VENDORS = RecordSource.options;

/** Absent: both. */
export function readVendors(word: string | undefined): Result<readonly RecordSource[], string> {
  if (word === undefined) return ok(VENDORS);
  const vendor = RecordSource.safeParse(word);
  return vendor.success ? ok([vendor.data]) : err(`There is no vendor ${word}: ${VENDORS.join(' or ')}.`);
}

const Instant = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** `2026-11-21` (its beginning, UTC) or a date with time and zone; as ISO 8601 UTC. */
export function readInstant(option: string, word: string | undefined): Result<string | undefined, string> {
  if (word === undefined) return ok(undefined);
  const instant = Instant.safeParse(word);
  return instant.success
    ? ok(new Date(instant.data).toISOString())
    : err(`${option} takes a date such as 2026-11-21, or a time such as 2026-11-21T09:30:00Z.`);
}

export function readCount(option: string, word: string | undefined, max: number): Result<number | undefined, string> {
  if (word === undefined) return ok(undefined);
  const count = Number(word);
  return /^\d+$/u.test(word) && count >= 1 && count <= max
    ? ok(count)
    : err(`${option} takes a whole number from 1 to ${max}.`);
}

/** `a,b` and repeated options alike. */
export const readList = (words: readonly string[] | undefined): readonly string[] | undefined => {
  const items = words?.flatMap(word => word.split(',')).map(item => item.trim());
  return items?.filter(item => item !== '');
};
