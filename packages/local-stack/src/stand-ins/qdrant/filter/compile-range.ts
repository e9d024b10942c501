import { formatError } from '../refusal.ts';
import type { Range } from '../wire.ts';
import { parseDatetime } from './parse-datetime.ts';

/** Whether a single value lies between bounds: numbers with numbers, instants with instants, nothing else. Pure. */
export function compileRange(range: Range): (value: unknown) => boolean {
  const bounds = Object.values(range).filter(bound => bound !== null && bound !== undefined);
  if (bounds.some(bound => typeof bound === 'string')) {
    const within = compileBounds(range, instantOf);
    return value => {
      const instant = typeof value === 'string' ? parseDatetime(value) : undefined;
      return instant !== undefined && within(instant);
    };
  }
  const within = compileBounds(range, Number);
  return value => typeof value === 'number' && within(value);
}

function compileBounds(
  { gt, gte, lt, lte }: Range,
  read: (bound: number | string) => number,
): (value: number) => boolean {
  const above = gt == null ? Number.NEGATIVE_INFINITY : read(gt);
  const from = gte == null ? Number.NEGATIVE_INFINITY : read(gte);
  const below = lt == null ? Number.POSITIVE_INFINITY : read(lt);
  const to = lte == null ? Number.POSITIVE_INFINITY : read(lte);
  return value => value > above && value >= from && value < below && value <= to;
}

function instantOf(bound: number | string): number {
  const instant = parseDatetime(String(bound));
  if (instant !== undefined) return instant;
  throw formatError(`'${bound}' does not match accepted datetime format (RFC3339). Example: 2014-01-01T00:00:00Z`);
}
