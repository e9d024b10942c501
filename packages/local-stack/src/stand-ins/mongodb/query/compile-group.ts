import { asNumber, type BsonDocument, type BsonValue } from '../bson/bson-document.ts';
import { compareValues, orderKey } from '../bson/order-key.ts';
import { CommandError } from '../wire/command-error.ts';
import { compileExpression, type Expression } from './compile-expression.ts';

type Fold = (sum: BsonValue, value: BsonValue) => BsonValue;

/** `$group` by a field, a constant or nothing, with the accumulators that need no expressions of their own. */
export function compileGroup(spec: BsonDocument): (documents: Iterable<BsonDocument>) => Iterable<BsonDocument> {
  if (!spec.has('_id')) throw new CommandError(15_955, 'a group specification must include an _id');
  const id = compileExpression(spec.get('_id'));
  const accumulators = Array.from(spec)
    .filter(([name]) => name !== '_id')
    .map(([name, operand]) => ({ name, ...compileAccumulator(operand) }));
  return documents => {
    const groups = new Map<string, BsonDocument>();
    for (const document of documents) {
      const value = id(document) ?? null;
      const key = orderKey(value).toString('latin1');
      const group = groups.get(key) ?? new Map<string, BsonValue>([['_id', value]]);
      groups.set(key, group);
      for (const { name, of, fold } of accumulators) group.set(name, fold(group.get(name), of(document)));
    }
    return groups.values();
  };
}

const FOLDS: Readonly<Record<string, Fold>> = {
  $sum: (sum, value) => (asNumber(sum) ?? 0) + (asNumber(value) ?? 0),
  $min: (sum, value) => (sum === undefined || compareValues(value, sum) < 0 ? value : sum),
  $max: (sum, value) => (sum === undefined || compareValues(value, sum) > 0 ? value : sum),
  $first: (sum, value) => (sum === undefined ? (value ?? null) : sum),
  $last: (_, value) => value ?? null,
  $push: (sum, value) => [...(Array.isArray(sum) ? sum : []), ...(value === undefined ? [] : [value])],
};

function compileAccumulator(operand: BsonValue): { of: Expression; fold: Fold } {
  const [[operator, expression] = ['', undefined]] = operand instanceof Map ? operand : [];
  const fold = FOLDS[operator];
  if (fold === undefined) throw new CommandError(15_952, `unknown group operator '${operator}'`);
  return { of: compileExpression(expression), fold };
}
