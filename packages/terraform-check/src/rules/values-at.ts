import type { Path } from '../provider/diagnostic.ts';
import { isListValue, isObjectValue, type ObjectValue, Unknown, type Value } from '../provider/values/value.ts';

/**
 * Reads a configuration by place: names separated by dots, `*` for every element of a list, a set or repeated blocks,
 * e.g. `rule.*.source_ips.*`. Pure.
 */
export interface Found<T> {
  readonly path: Path;
  readonly value: T;
}

export function valuesAt(configuration: ObjectValue, place: string): readonly Found<Value>[] {
  return place.split('.').reduce<readonly Found<Value>[]>(
    (found, step) =>
      found.flatMap(({ path, value }) => {
        if (step !== '*') return isObjectValue(value) ? [{ path: [...path, step], value: value[step] ?? null }] : [];
        return isListValue(value) ? value.map((item, index) => ({ path: [...path, index], value: item })) : [];
      }),
    [{ path: [], value: configuration }],
  );
}

export const textsAt = (configuration: ObjectValue, place: string): readonly Found<string>[] =>
  valuesAt(configuration, place).filter((found): found is Found<string> => typeof found.value === 'string');

export const numbersAt = (configuration: ObjectValue, place: string): readonly Found<number>[] =>
  valuesAt(configuration, place).filter((found): found is Found<number> => typeof found.value === 'number');

/** Blocks that are repeated are never null: none is an empty list. */
export const isAbsent = (value: Value | undefined): boolean =>
  value === null || value === undefined || (isListValue(value) && value.length === 0);

export const isPresent = (value: Value | undefined): boolean => !isAbsent(value) && !(value instanceof Unknown);
