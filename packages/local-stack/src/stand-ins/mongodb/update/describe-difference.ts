import { type BsonDocument, type BsonValue, isIdentical } from '../bson/bson-document.ts';

interface Difference {
  readonly updatedFields: BsonDocument;
  readonly removedFields: string[];
  readonly truncatedArrays: BsonDocument[];
}

/**
 * `updateDescription` of an update by pipeline, whose steps say nothing of what they touch: what really differs, at the
 * deepest place that says it; an array that became shorter is truncated. `undefined` where nothing does. Pure.
 */
export function describeDifference(before: BsonDocument, after: BsonDocument): BsonDocument | undefined {
  const difference: Difference = { updatedFields: new Map(), removedFields: [], truncatedArrays: [] };
  compareDocuments(before, after, '', difference);
  const { updatedFields, removedFields, truncatedArrays } = difference;
  if (updatedFields.size === 0 && removedFields.length === 0 && truncatedArrays.length === 0) return undefined;
  return new Map<string, BsonValue>(Object.entries(difference));
}

function compareDocuments(before: BsonDocument, after: BsonDocument, prefix: string, difference: Difference): void {
  for (const name of before.keys()) if (!after.has(name)) difference.removedFields.push(prefix + name);
  for (const [name, value] of after) {
    if (before.has(name)) compareFields(before.get(name), value, prefix + name, difference);
    else difference.updatedFields.set(prefix + name, value);
  }
}

function compareFields(before: BsonValue, after: BsonValue, path: string, difference: Difference): void {
  if (before instanceof Map && after instanceof Map) compareDocuments(before, after, `${path}.`, difference);
  else if (Array.isArray(before) && Array.isArray(after)) compareArrays(before, after, path, difference);
  else if (!isIdentical(before, after)) difference.updatedFields.set(path, after);
}

function compareArrays(
  before: readonly BsonValue[],
  after: readonly BsonValue[],
  path: string,
  difference: Difference,
): void {
  for (const [index, value] of after.entries()) {
    if (index < before.length) compareFields(before[index], value, `${path}.${index}`, difference);
    else difference.updatedFields.set(`${path}.${index}`, value);
  }
  if (after.length >= before.length) return;
  difference.truncatedArrays.push(
    new Map<string, BsonValue>([
      ['field', path],
      ['newSize', after.length],
    ]),
  );
}
