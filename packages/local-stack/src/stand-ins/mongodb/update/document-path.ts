import type { BsonDocument, BsonValue } from '../bson/bson-document.ts';
import { CommandError } from '../wire/command-error.ts';

/** Reading and changing one exact place of a document: unlike in a query, arrays are entered by index only. */
const INDEX = /^(?:0|[1-9]\d*)$/u;

/** `undefined` where there is nothing. */
export function readPath(document: BsonDocument, path: string): BsonValue {
  let value: BsonValue = document;
  for (const step of path.split('.')) {
    if (value instanceof Map) value = value.get(step);
    else if (Array.isArray(value) && INDEX.test(step)) value = value[Number(step)];
    else return undefined;
  }
  return value;
}

/** Creates documents on the way. @throws CommandError 28 where a value of another kind is in the way. */
export function writePath(document: BsonDocument, path: string, value: BsonValue): void {
  const steps = path.split('.');
  const last = steps.pop() ?? path;
  let holder: BsonValue = document;
  for (const step of steps) {
    let next = child(holder, step, path);
    if (next === undefined) {
      next = new Map();
      put(holder, step, next, path);
    }
    holder = next;
  }
  put(holder, last, value, path);
}

export function removePath(document: BsonDocument, path: string): void {
  const steps = path.split('.');
  const last = steps.pop() ?? path;
  const holder = steps.length === 0 ? document : readPath(document, steps.join('.'));
  if (holder instanceof Map) holder.delete(last);
  // An element of an array cannot go without moving the others.
  else if (Array.isArray(holder) && INDEX.test(last) && Number(last) < holder.length) holder[Number(last)] = null;
}

function child(holder: BsonValue, step: string, path: string): BsonValue {
  if (holder instanceof Map) return holder.get(step);
  if (Array.isArray(holder) && INDEX.test(step)) return holder[Number(step)];
  throw blocked(step, path);
}

const PADDING_MAX = 1_500_000; // as the server limits it

function put(holder: BsonValue, step: string, value: BsonValue, path: string): void {
  if (holder instanceof Map) holder.set(step, value);
  else if (Array.isArray(holder) && INDEX.test(step)) {
    if (Number(step) - holder.length > PADDING_MAX)
      throw new CommandError(2, `can't backfill more than ${PADDING_MAX}`);
    while (holder.length < Number(step)) holder.push(null);
    holder[Number(step)] = value;
  } else throw blocked(step, path);
}

function blocked(step: string, path: string): CommandError {
  return new CommandError(28, `Cannot create field '${step}' of '${path}'`, { codeName: 'PathNotViable' });
}
