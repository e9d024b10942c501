import type { Diagnostic, Path } from '../provider/diagnostic.ts';
import { isObjectValue, type ObjectValue, type Value } from '../provider/values/value.ts';
import type { Rule } from './rule.ts';
import { isAbsent, isPresent, numbersAt, textsAt, valuesAt } from './values-at.ts';

/** Kinds of rules that many types share. A place is written as in `values-at.ts`. Pure. */
export const problem = (path: Path, summary: string, detail: string): Diagnostic => ({ path, summary, detail });

/** Two values for the place of a rule. */
export interface Examples<T extends Value = string> {
  readonly sound: T;
  readonly broken: T;
}

/** `what` completes "… is no …", e.g. "location of Hetzner Cloud". */
export function oneOf(type: string, place: string, what: string, words: readonly string[]): Rule {
  return textRule(
    type,
    place,
    `is a ${what}`,
    text => (words.includes(text) ? undefined : `"${text}" is no ${what}. Use one of ${words.join(', ')}.`),
    { sound: words[0] ?? '', broken: 'nowhere' },
  );
}

/** `form` completes "… has to be …", e.g. "seconds with an s, as in 600s". */
export function matching(type: string, place: string, form: string, pattern: RegExp, examples: Examples): Rule {
  const judge = (text: string): string | undefined => (pattern.test(text) ? undefined : `"${text}" has to be ${form}.`);
  return textRule(type, place, `is ${form}`, judge, examples);
}

/** `judge` gives the sentence that says what is wrong and what to do, or nothing. */
export function textRule(
  type: string,
  place: string,
  promise: string,
  judge: (text: string) => string | undefined,
  examples: Examples,
): Rule {
  return {
    name: `${type}: ${place} ${promise}`,
    type,
    check: configuration =>
      textsAt(configuration, place).flatMap(({ path, value }) => {
        const wrong = judge(value);
        return wrong === undefined ? [] : [problem(path, `Invalid ${lastName(path)}`, wrong)];
      }),
    examples: placed(place, examples),
  };
}

/** A whole range of numbers, both ends included. */
export function within(type: string, place: string, min: number, max: number, unit: string): Rule {
  const range = `between ${min} and ${max} ${unit}`;
  return {
    name: `${type}: ${place} is ${range}`,
    type,
    check: configuration =>
      numbersAt(configuration, place)
        .filter(({ value }) => value < min || value > max)
        .map(({ path, value }) => problem(path, `Invalid ${lastName(path)}`, `${value} has to be ${range}.`)),
    examples: placed(place, { sound: max, broken: max + 1 }),
  };
}

/** A duration in seconds as Google writes it, e.g. "600s", both ends included. */
export function secondsWithin(type: string, place: string, min: number, max: number): Rule {
  const judge = (text: string): string | undefined => {
    const seconds = /^\d+(?:\.\d+)?s$/u.test(text) ? Number.parseFloat(text) : Number.NaN;
    return seconds >= min && seconds <= max
      ? undefined
      : `"${text}" has to be a number of seconds with an s, from ${min}s to ${max}s.`;
  };
  return textRule(type, place, `is ${min}s to ${max}s`, judge, { sound: `${max}s`, broken: `${max + 1}s` });
}

/** Exactly one of several arguments of the object at `place` ('' for the resource itself). */
export function exactlyOne(type: string, place: string, names: readonly [string, string, ...string[]]): Rule {
  return {
    name: `${type}: ${place === '' ? '' : `${place} has `}exactly one of ${names.join(', ')}`,
    type,
    check: configuration =>
      objectsAt(configuration, place).flatMap(({ path, value }) => {
        const fields = names.map(name => value[name]);
        const present = fields.filter(isPresent).length;
        const open = fields.some(field => !isPresent(field) && !isAbsent(field));
        if (present === 1 || (present === 0 && open)) return [];
        const said = present === 0 ? 'none' : String(present);
        const detail = `Exactly one of ${names.join(', ')} has to be set, not ${said}.`;
        return [problem(path, 'One argument of several', detail)];
      }),
    examples: {
      sound: placeAt(place, { [names[0]]: 'x' }),
      broken: placeAt(place, { [names[0]]: 'x', [names[1]]: 'x' }),
    },
  };
}

const objectsAt = (configuration: ObjectValue, place: string) =>
  (place === '' ? [{ path: [], value: configuration }] : valuesAt(configuration, place)).filter(isObjectFound);

const isObjectFound = (found: {
  readonly path: Path;
  readonly value: Value;
}): found is { readonly path: Path; readonly value: ObjectValue } => isObjectValue(found.value);

const placed = <T extends Value>(place: string, { sound, broken }: Examples<T>): Rule['examples'] => ({
  sound: placeAt(place, sound),
  broken: placeAt(place, broken),
});

/** A configuration that has one value, at `place`. */
function placeAt(place: string, value: Value): ObjectValue {
  const steps = place === '' ? [] : place.split('.');
  return steps.reduceRight<Value>((inner, step) => (step === '*' ? [inner] : { [step]: inner }), value) as ObjectValue;
}

const lastName = (path: Path): string => path.filter(step => typeof step === 'string').at(-1) ?? 'value';
