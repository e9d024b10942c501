import { isObject, type PayloadPath, parsePath } from '../filter/payload-path.ts';
import { isSparse, type NamedVectors, type Payload, type StoredPoint, type StoredVector } from '../point.ts';
import type { WithPayload, WithVector } from '../wire.ts';

/** What of a point goes into an answer; a part that was not asked for has no key at all. Pure. */
export interface Presentation {
  readonly withPayload?: WithPayload | null | undefined;
  readonly withVector?: WithVector | null | undefined;
}

export function presentPoint(point: StoredPoint, { withPayload, withVector }: Presentation): Record<string, unknown> {
  const vectors = withVector ?? false;
  return {
    id: point.id,
    ...(withPayload === false || withPayload == null ? {} : { payload: choosePayload(point.payload, withPayload) }),
    ...(vectors === false ? {} : { vector: presentVectors(point.vectors, vectors) }),
  };
}

function choosePayload(payload: Payload, choice: Exclude<WithPayload, false>): Payload {
  if (choice === true) return payload;
  if ('exclude' in choice) return leaveOut(payload, choice.exclude.map(parsePath));
  const included = 'include' in choice ? choice.include : choice;
  return keep(payload, included.map(parsePath));
}

function keep(payload: Payload, paths: readonly PayloadPath[]): Payload {
  return reduce(payload, paths, (value, rest) => (rest.some(path => path.length === 0) ? value : undefined), false);
}

function leaveOut(payload: Payload, paths: readonly PayloadPath[]): Payload {
  return reduce(payload, paths, (value, rest) => (rest.some(path => path.length === 0) ? undefined : value), true);
}

/** Walks object keys along the paths. `decide` sees each value with what is left of the paths that lead to it. */
function reduce(
  payload: Payload,
  paths: readonly PayloadPath[],
  decide: (value: unknown, rest: readonly PayloadPath[]) => unknown,
  keepOthers: boolean,
): Payload {
  const entries = Object.entries(payload).flatMap(([key, value]): [string, unknown][] => {
    const rest = paths
      .filter(([step]) => step !== undefined && 'key' in step && step.key === key)
      .map(path => path.slice(1));
    if (rest.length === 0) return keepOthers ? [[key, value]] : [];
    const deeper = isObject(value) && rest.every(path => path.length > 0);
    const reduced = deeper ? reduce(value, rest, decide, keepOthers) : decide(value, rest);
    return reduced === undefined ? [] : [[key, reduced]];
  });
  return Object.fromEntries(entries);
}

function presentVectors(vectors: NamedVectors, choice: true | readonly string[]): unknown {
  const unnamed = vectors.get('');
  if (unnamed !== undefined) return presentVector(unnamed);
  const chosen = Array.from(vectors).filter(([name]) => choice === true || choice.includes(name));
  return Object.fromEntries(chosen.map(([name, vector]) => [name, presentVector(vector)]));
}

const presentVector = (vector: StoredVector): unknown =>
  isSparse(vector) ? { indices: [...vector.indices], values: [...vector.values] } : [...vector];
