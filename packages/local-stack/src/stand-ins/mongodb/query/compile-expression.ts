import { asNumber, type BsonDocument, type BsonValue } from '../bson/bson-document.ts';
import { CommandError } from '../wire/command-error.ts';
import { MISSING, valuesAt } from './field-path.ts';

/** `undefined` where there is no value. */
export type Expression = (document: BsonDocument) => BsonValue;

/** `'$path'`, a constant, an array of expressions, `$literal`, `$slice`, `$concatArrays`. @throws CommandError for others. */
export function compileExpression(expression: BsonValue): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression);
  if (Array.isArray(expression)) {
    const items = expression.map(compileExpression);
    return document => items.map(item => item(document) ?? null);
  }
  if (!(expression instanceof Map)) return () => expression;
  const [[operator, operand] = ['', undefined], ...others] = expression;
  if (operator === '$literal') return () => operand;
  if (others.length > 0 || !operator.startsWith('$')) return compileDocument(expression);
  if (operator === '$slice' && Array.isArray(operand) && operand.length === 2) return compileSlice(operand);
  if (operator === '$concatArrays' && Array.isArray(operand)) {
    const parts = operand.map(compileExpression);
    return document => parts.flatMap(part => arrayFrom(operator, part(document)));
  }
  throw new CommandError(168, `the stand-in has no expression ${operator}`, { codeName: 'InvalidPipelineOperator' });
}

function compilePath(expression: string): Expression {
  if (expression.startsWith('$$')) throw new CommandError(17_276, `Use of undefined variable: ${expression.slice(2)}`);
  const steps = expression.slice(1).split('.');
  return document => {
    const [found] = valuesAt(document, steps);
    return found === MISSING ? undefined : found;
  };
}

function compileDocument(expression: BsonDocument): Expression {
  const fields = Array.from(expression, ([name, value]) => [name, compileExpression(value)] as const);
  return document => {
    const result: BsonDocument = new Map();
    for (const [name, field] of fields) {
      const value = field(document);
      if (value !== undefined) result.set(name, value);
    }
    return result;
  };
}

function compileSlice([list, length]: readonly BsonValue[]): Expression {
  const items = compileExpression(list);
  const count = asNumber(length);
  if (count === undefined) throw new CommandError(28_725, 'Second argument to $slice must be numeric');
  return document => {
    const array = arrayFrom('$slice', items(document));
    return count < 0 ? array.slice(count) : array.slice(0, count);
  };
}

function arrayFrom(operator: string, value: BsonValue): BsonValue[] {
  if (Array.isArray(value)) return value;
  throw new CommandError(28_664, `${operator} only supports arrays`);
}
