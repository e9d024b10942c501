import { BSONRegExp } from 'bson';
import { asNumber, type BsonDocument, type BsonValue } from '../bson/bson-document.ts';
import { compareValues, isEqualValue, KIND, kindOf } from '../bson/order-key.ts';
import { CommandError } from '../wire/command-error.ts';
import { compileRegex } from './compile-regex.ts';
import { type Found, MISSING, valuesAt } from './field-path.ts';
import { typeTest } from './type-test.ts';

/**
 * MongoDB's query language as far as an application of documents needs it. Pure.
 * @throws CommandError for an operator that is not supported: better no answer than a wrong one.
 */
export interface Filter {
  readonly matches: (document: BsonDocument) => boolean;
  /** The top-level fields it looks at. */
  readonly fields: ReadonlySet<string>;
}

type Test = (document: BsonDocument) => boolean;
/** A condition on one field, given everything its path finds. */
type Condition = (found: readonly Found[]) => boolean;

export function compileFilter(filter: BsonDocument): Filter {
  const fields = new Set<string>();
  return { matches: compileDocument(filter, fields), fields };
}

function compileDocument(filter: BsonDocument, fields: Set<string>): Test {
  const tests: Test[] = [];
  for (const [key, operand] of filter) {
    if (key === '$comment') continue;
    if (key.startsWith('$')) tests.push(compileLogical(key, operand, fields));
    else {
      const steps = key.split('.');
      fields.add(steps[0] ?? key);
      const condition = compileOperand(operand);
      tests.push(document => condition(valuesAt(document, steps)));
    }
  }
  return document => tests.every(test => test(document));
}

function compileLogical(operator: string, operand: BsonValue, fields: Set<string>): Test {
  if (operator !== '$and' && operator !== '$or' && operator !== '$nor') {
    throw new CommandError(2, `unknown top level operator: ${operator}`);
  }
  if (!Array.isArray(operand) || operand.length === 0) {
    throw new CommandError(2, `${operator} must be a nonempty array`);
  }
  const branches = operand.map(branch => {
    if (!(branch instanceof Map)) throw new CommandError(2, `${operator} entries need to be full objects`);
    return compileDocument(branch, fields);
  });
  if (operator === '$and') return document => branches.every(branch => branch(document));
  if (operator === '$or') return document => branches.some(branch => branch(document));
  return document => !branches.some(branch => branch(document));
}

export function isOperators(value: BsonValue): value is BsonDocument {
  if (!(value instanceof Map)) return false;
  const [first] = value.keys();
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db';
}

function compileOperand(operand: BsonValue): Condition {
  if (operand instanceof BSONRegExp) return some(regexTest(operand));
  return isOperators(operand) ? compileOperators(operand) : some(equals(operand));
}

function compileOperators(operators: BsonDocument): Condition {
  const conditions: Condition[] = [];
  for (const [operator, operand] of operators) {
    if (operator === '$options') continue; // read with its `$regex`
    conditions.push(compileOperator(operator, operand, operators));
  }
  return found => conditions.every(condition => condition(found));
}

function compileOperator(operator: string, operand: BsonValue, all: BsonDocument): Condition {
  switch (operator) {
    case '$eq':
      return some(equals(operand));
    case '$ne':
      return none(some(equals(operand)));
    case '$gt':
      return some(compares(operand, order => order > 0, false));
    case '$gte':
      return some(compares(operand, order => order >= 0, true));
    case '$lt':
      return some(compares(operand, order => order < 0, false));
    case '$lte':
      return some(compares(operand, order => order <= 0, true));
    case '$in':
      return some(isIn(operator, operand));
    case '$nin':
      return none(some(isIn(operator, operand)));
    case '$exists':
      return operand === false || asNumber(operand) === 0 || operand === null ? none(exists) : exists;
    case '$type':
      return some(typeTest(operand));
    case '$regex':
      return some(regexTest(regexOf(operand, all.get('$options'))));
    case '$not':
      if (operand instanceof BSONRegExp) return none(some(regexTest(operand)));
      if (!isOperators(operand)) throw new CommandError(2, '$not needs a regex or a document');
      return none(compileOperators(operand));
    case '$size':
      return found => found.some(value => Array.isArray(value) && value.length === asNumber(operand));
    case '$mod':
      return some(modulo(operand));
    case '$all':
      return matchAll(operand);
    case '$elemMatch':
      return elementMatch(operand);
    default:
      throw new CommandError(2, `unknown operator: ${operator}`);
  }
}

/** A test of one value also holds where it holds for an element of an array. */
function some(test: (value: Found) => boolean): Condition {
  return found => found.some(value => test(value) || (Array.isArray(value) && value.some(item => test(item))));
}

function none(condition: Condition): Condition {
  return found => !condition(found);
}

const exists: Condition = found => found.some(value => value !== MISSING);

function equals(operand: BsonValue): (value: Found) => boolean {
  return value => isEqualValue(value === MISSING ? null : value, operand);
}

/** Only values of the operand's own kind compare, except to the ends of the order. */
function compares(operand: BsonValue, holds: (order: number) => boolean, orEqual: boolean): (value: Found) => boolean {
  const kind = kindOf(operand);
  const isEnd = kind === KIND.minKey || kind === KIND.maxKey;
  return found => {
    const value = found === MISSING ? null : found;
    if (found === MISSING && (!orEqual || kind !== KIND.null)) return false;
    if (!isEnd && kindOf(value) !== kind) return false;
    if (isNotANumber(value) || isNotANumber(operand)) {
      return orEqual && isNotANumber(value) && isNotANumber(operand);
    }
    return holds(compareValues(value, operand));
  };
}

function isNotANumber(value: BsonValue): boolean {
  return typeof value === 'number' && Number.isNaN(value);
}

function isIn(operator: string, operand: BsonValue): (value: Found) => boolean {
  if (!Array.isArray(operand)) throw new CommandError(2, `${operator} needs an array`);
  const tests = operand.map(item => (item instanceof BSONRegExp ? regexTest(item) : equals(item)));
  return value => tests.some(test => test(value));
}

function modulo(operand: BsonValue): (value: Found) => boolean {
  const [divisor, remainder] = Array.isArray(operand) ? operand.map(asNumber) : [];
  if (divisor === undefined || remainder === undefined || Math.trunc(divisor) === 0) {
    throw new CommandError(2, 'malformed mod, needs a divisor other than 0 and a remainder');
  }
  return value => {
    const number = value === MISSING ? undefined : asNumber(value);
    return number !== undefined && Math.trunc(number) % Math.trunc(divisor) === Math.trunc(remainder);
  };
}

function matchAll(operand: BsonValue): Condition {
  if (!Array.isArray(operand)) throw new CommandError(2, '$all needs an array');
  const conditions = operand.map(compileOperand);
  return found => conditions.length > 0 && conditions.every(condition => condition(found));
}

function elementMatch(operand: BsonValue): Condition {
  if (!(operand instanceof Map)) throw new CommandError(2, '$elemMatch needs an Object');
  const isLogical = ['$and', '$or', '$nor'].includes(operand.keys().next().value ?? '');
  if (isOperators(operand) && !isLogical) {
    const condition = compileOperators(operand);
    return found => found.some(value => Array.isArray(value) && value.some(item => condition([item])));
  }
  const test = compileDocument(operand, new Set());
  return found => found.some(value => Array.isArray(value) && value.some(item => item instanceof Map && test(item)));
}

function regexOf(operand: BsonValue, options: BsonValue): BSONRegExp {
  if (operand instanceof BSONRegExp) {
    return typeof options === 'string' ? new BSONRegExp(operand.pattern, options) : operand;
  }
  if (typeof operand !== 'string') throw new CommandError(2, '$regex has to be a string');
  return new BSONRegExp(operand, typeof options === 'string' ? options : '');
}

function regexTest(pattern: BSONRegExp): (value: Found) => boolean {
  const compiled = compileRegex(pattern);
  return value =>
    typeof value === 'string'
      ? compiled.test(value)
      : value instanceof BSONRegExp && value.pattern === pattern.pattern && value.options === pattern.options;
}
