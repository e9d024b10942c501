import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type BsonDocument, type BsonValue, isIdentical } from '../bson/bson-document.ts';
import { describeDifference } from './describe-difference.ts';
import { readPath, removePath, writePath } from './document-path.ts';

const { document } = fc.letrec<{ document: BsonDocument; value: BsonValue }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.nat({ max: 2 }),
    fc.constant('x'),
    tie('document'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  document: fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), tie('value')), { maxLength: 3 })
    .map(entries => new Map(entries)),
}));

it('says exactly what makes one document of the other', () => {
  fc.assert(
    fc.property(document, document, (before, after) => {
      const result = structuredClone(before);
      for (const [path, value] of applyDifference(result, describeDifference(before, after))) {
        expect(isIdentical(readPath(before, path), value)).toBe(false);
      }
      expect(sorted(result)).toEqual(sorted(after));
    }),
  );
});

/** Does what is described, and returns what was updated. */
function applyDifference(document: BsonDocument, description: BsonDocument | undefined): BsonDocument {
  if (description === undefined) return new Map();
  for (const path of description.get('removedFields') as string[]) removePath(document, path);
  for (const truncated of description.get('truncatedArrays') as Map<string, string>[]) {
    const field = truncated.get('field') ?? '';
    const array = readPath(document, field) as BsonValue[];
    writePath(document, field, array.slice(0, Number(truncated.get('newSize'))));
  }
  const updated = description.get('updatedFields') as BsonDocument;
  for (const [path, value] of updated) writePath(document, path, value);
  return updated;
}

/** The order of fields is no difference. */
function sorted(value: BsonValue): BsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!(value instanceof Map)) return value;
  const entries = [...value].map(([name, inner]): [string, BsonValue] => [name, sorted(inner)]);
  return new Map(entries.toSorted(([left], [right]) => left.localeCompare(right)));
}
