import type { BsonValue } from '../bson/bson-document.ts';

/** The field is not there at all: unlike null for `$exists`, like null for equality. */
export const MISSING = Symbol('missing');
export type Found = BsonValue | typeof MISSING;

const INDEX = /^(?:0|[1-9]\d*)$/u;

/**
 * What a dotted path means in a document: arrays on the way are searched through element by element, and by index where
 * the step is a number. An array at the end is one value.
 */
export function valuesAt(value: BsonValue, steps: readonly string[], at = 0): Found[] {
  const step = steps[at];
  if (step === undefined) return [value];
  if (value instanceof Map) {
    if (!value.has(step)) return [MISSING];
    return valuesAt(value.get(step), steps, at + 1);
  }
  if (!Array.isArray(value)) return [MISSING];
  const found: Found[] = [];
  if (INDEX.test(step) && Number(step) < value.length) found.push(...valuesAt(value[Number(step)], steps, at + 1));
  for (const item of value) if (item instanceof Map) found.push(...valuesAt(item, steps, at));
  return found;
}
