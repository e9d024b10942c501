import { Timestamp } from 'bson';
import { type BsonDocument, type BsonValue, isIdentical } from '../bson/bson-document.ts';
import { compareValues, isEqualValue } from '../bson/order-key.ts';
import { CommandError } from '../wire/command-error.ts';
import { compilePipelineUpdate } from './compile-pipeline-update.ts';
import { readPath } from './document-path.ts';
import { UPDATE_OPERATORS, type UpdateTime } from './update-operators.ts';

/** What an update statement makes of documents. Pure, except that it changes the document it is given. */
export interface Update {
  readonly kind: 'replace' | 'operators' | 'pipeline';
  /** @throws CommandError where the document does not allow it. */
  apply(document: BsonDocument, context: UpdateContext): UpdateOutcome;
}

export interface UpdateContext {
  readonly now: UpdateTime;
  /** Whether the document is being made, so that `$setOnInsert` counts. */
  readonly isInsert: boolean;
}

export interface UpdateOutcome {
  readonly document: BsonDocument;
  /** The paths that may differ now, where the update names them. */
  readonly touched: readonly string[];
}

/** @throws CommandError for what is not an update, and for forms that are not supported. */
export function compileUpdate(update: BsonValue): Update {
  if (Array.isArray(update)) return compilePipeline(update);
  if (!(update instanceof Map)) throw new CommandError(9, 'Update argument must be an object or a pipeline');
  const [first] = update.keys();
  return first?.startsWith('$') === true ? compileOperators(update) : compileReplacement(update);
}

function compileReplacement(replacement: BsonDocument): Update {
  for (const key of replacement.keys()) {
    if (key.startsWith('$')) throw new CommandError(52, `The dollar ($) prefixed field '${key}' is not allowed`);
  }
  return {
    kind: 'replace',
    apply(document, { now }) {
      const id = document.get('_id');
      const given = replacement.get('_id');
      if (id !== undefined && given !== undefined && !isEqualValue(id, given)) throw immutableId();
      const next: BsonDocument = new Map();
      if (given !== undefined || id !== undefined) next.set('_id', id ?? given);
      for (const [key, value] of replacement) if (key !== '_id') next.set(key, fillTimestamp(value, now));
      return { document: next, touched: [] };
    },
  };
}

function compilePipeline(pipeline: readonly BsonValue[]): Update {
  const run = compilePipelineUpdate(pipeline);
  return {
    kind: 'pipeline',
    apply(document) {
      const id = document.get('_id');
      const next = run(document);
      if (id !== undefined && !isEqualValue(id, next.get('_id'))) throw immutableId();
      return { document: next, touched: [] };
    },
  };
}

interface Step {
  readonly operator: string;
  readonly path: string;
  readonly operand: BsonValue;
}

function compileOperators(update: BsonDocument): Update {
  const steps: Step[] = [];
  for (const [operator, changes] of update) {
    const isKnown = operator === '$setOnInsert' || operator in UPDATE_OPERATORS;
    if (!isKnown) throw new CommandError(9, `Unknown modifier: ${operator}`);
    if (!(changes instanceof Map)) throw new CommandError(9, `Modifiers operate on fields: ${operator}`);
    for (const [path, operand] of changes) {
      if (path.includes('$')) throw new CommandError(2, `the stand-in has no positional updates: ${path}`);
      if (path === '' || path.split('.').includes('')) throw new CommandError(56, `empty field name in '${path}'`);
      steps.push({ operator, path, operand });
    }
  }
  demandNoConflict(
    steps.flatMap(({ operator, path, operand }) => [
      path,
      ...(operator === '$rename' && typeof operand === 'string' ? [operand] : []),
    ]),
  );
  // Fields that are new go in by name, whatever the order of the update.
  steps.sort((left, right) => compareValues(left.path, right.path));
  return {
    kind: 'operators',
    apply(document, { now, isInsert }) {
      const id = document.get('_id');
      const touched = steps.flatMap(({ operator, path, operand }) => {
        if (operator === '$setOnInsert') return isInsert ? apply('$set', document, path, operand, now) : [];
        return apply(operator, document, path, operand, now);
      });
      if (id !== undefined && !isEqualValue(id, document.get('_id'))) throw immutableId();
      return { document, touched };
    },
  };
}

function apply(operator: string, document: BsonDocument, path: string, operand: BsonValue, now: UpdateTime): string[] {
  return UPDATE_OPERATORS[operator]?.(document, path, operand, now) ?? [];
}

/** Two operators must not change the same place. */
function demandNoConflict(paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const path of paths.toSorted((left, right) => left.length - right.length)) {
    const steps = path.split('.');
    const conflict = steps.map((_, index) => steps.slice(0, index + 1).join('.')).find(prefix => seen.has(prefix));
    if (conflict !== undefined) {
      throw new CommandError(40, `Updating the path '${path}' would create a conflict at '${conflict}'`);
    }
    seen.add(path);
  }
}

function immutableId(): CommandError {
  return new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

/** A zero timestamp at the top level means the time of the write. */
export function fillTimestamp(value: BsonValue, now: UpdateTime): BsonValue {
  return value instanceof Timestamp && value.isZero() ? now.timestamp : value;
}

/** The document that an upsert starts from: what the filter says by equality. */
export function documentFromFilter(filter: BsonDocument): BsonDocument {
  const document: BsonDocument = new Map();
  for (const [key, operand] of filter) {
    if (key === '$and' && Array.isArray(operand)) {
      for (const branch of operand) {
        if (branch instanceof Map) for (const [path, value] of documentFromFilter(branch)) document.set(path, value);
      }
    } else if (!key.startsWith('$')) {
      const value = equalityOf(operand);
      if (value !== undefined) setPath(document, key, value);
    }
  }
  return document;
}

function equalityOf(operand: BsonValue): BsonValue {
  if (!(operand instanceof Map)) return operand;
  const [first] = operand.keys();
  return first?.startsWith('$') === true ? operand.get('$eq') : operand;
}

function setPath(document: BsonDocument, path: string, value: BsonValue): void {
  UPDATE_OPERATORS['$set']?.(document, path, value, { date: new Date(0), timestamp: Timestamp.fromBits(0, 0) });
}

/** `updateDescription` of a change event: the touched paths that really differ. */
export function describeUpdate(
  before: BsonDocument,
  after: BsonDocument,
  touched: readonly string[],
): BsonDocument | undefined {
  const updatedFields: BsonDocument = new Map();
  const removedFields: string[] = [];
  for (const path of touched) {
    const [old, current] = [readPath(before, path), readPath(after, path)];
    if (current === undefined && old !== undefined) removedFields.push(path);
    else if (current !== undefined && (old === undefined || !isIdentical(old, current)))
      updatedFields.set(path, current);
  }
  if (updatedFields.size === 0 && removedFields.length === 0) return undefined;
  return new Map<string, BsonValue>([
    ['updatedFields', updatedFields],
    ['removedFields', removedFields],
    ['truncatedArrays', []],
  ]);
}
