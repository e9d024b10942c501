import { boundText, bytesOf } from './bound-text.ts';
import type { Fact, Facts } from './entry.ts';

/** A line of ours has a few dozen bytes a field; a thousand is a vendor's whole error text. */
export const TEXT_BYTES_MAX = 1_000;
/** A 32nd of what Cloud Logging takes: nobody reads more, and a hundred of them stay under a megabyte. */
export const FACTS_BYTES_MAX = 8_000;

const NAME = /^\w[\w.-]{0,63}$/u;

/**
 * `first` whole, then of the fields what there is room for, long texts cut. `fieldsCut` says how many were left out.
 * Pure.
 */
export function boundFacts(first: Facts, fields: readonly (readonly [string, Fact | undefined])[]): Facts {
  const facts: Record<string, Fact> = { ...first };
  let bytesLeft = FACTS_BYTES_MAX - bytesOf(first);
  let fieldsCut = 0;
  for (const [name, value] of fields) {
    const bounded = typeof value === 'string' ? boundText(value, TEXT_BYTES_MAX) : value;
    const bytes = bytesOf([name, bounded]);
    if (bounded === undefined || bytes > bytesLeft || !NAME.test(name) || name in facts) {
      fieldsCut += 1;
      continue;
    }
    facts[name] = bounded;
    bytesLeft -= bytes;
  }
  return fieldsCut === 0 ? facts : { ...facts, fieldsCut };
}
