import { asNumber, type BsonDocument, type BsonValue } from '../bson/bson-document.ts';
import { CommandError } from '../wire/command-error.ts';
import { compileFilter } from './compile-filter.ts';
import { compileGroup } from './compile-group.ts';
import { compileProjection } from './compile-projection.ts';
import { compareSortKeys, parseSort, sortKey } from './compile-sort.ts';

export type Stage = (documents: Iterable<BsonDocument>) => Iterable<BsonDocument>;

/** The stages of an aggregation that is no change stream. @throws CommandError for a stage that is not supported. */
export function compilePipeline(pipeline: readonly BsonDocument[]): Stage[] {
  return pipeline.map(stage => {
    const { name, operand } = readStage(stage);
    return compileStage(name, operand);
  });
}

export function readStage(stage: BsonDocument): { name: string; operand: BsonValue } {
  const [[name, operand] = ['', undefined], ...others] = stage;
  if (name === '' || others.length > 0) {
    throw new CommandError(40_323, 'A pipeline stage specification object must contain exactly one field.');
  }
  return { name, operand };
}

function compileStage(name: string, operand: BsonValue): Stage {
  switch (name) {
    case '$match': {
      const filter = compileFilter(documentOf(name, operand));
      return documents => Iterator.from(documents).filter(document => filter.matches(document));
    }
    case '$project':
      return projecting(documentOf(name, operand));
    case '$unset':
      return projecting(exclusionOf(operand));
    case '$sort': {
      const fields = parseSort(documentOf(name, operand));
      return documents =>
        Array.from(documents, document => ({ document, key: sortKey(document, fields) }))
          .sort((left, right) => compareSortKeys(left.key, right.key, fields))
          .map(({ document }) => document);
    }
    case '$limit':
      return documents => Iterator.from(documents).take(numberOf(name, operand));
    case '$skip':
      return documents => Iterator.from(documents).drop(numberOf(name, operand));
    case '$count':
      return countInto(textOf(name, operand));
    case '$group':
      return compileGroup(documentOf(name, operand));
    default:
      throw new CommandError(40_324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

function countInto(field: string): Stage {
  return documents => {
    const total = Iterator.from(documents).reduce(count => count + 1, 0);
    return total === 0 ? [] : [new Map([[field, total]])];
  };
}

/** The operand of `$unset` as a projection. */
export function exclusionOf(operand: BsonValue): BsonDocument {
  const names = Array.isArray(operand) ? operand : [operand];
  return new Map(names.map(name => [textOf('$unset', name), 0]));
}

function projecting(spec: BsonDocument): Stage {
  const project = compileProjection(spec);
  if (project === undefined) throw new CommandError(51_272, 'Invalid $project: an empty specification');
  return documents => Iterator.from(documents).map(project);
}

function documentOf(name: string, operand: BsonValue): BsonDocument {
  if (operand instanceof Map) return operand;
  throw new CommandError(14, `the ${name} stage needs an object`);
}

function textOf(name: string, operand: BsonValue): string {
  if (typeof operand === 'string' && operand !== '') return operand;
  throw new CommandError(14, `the ${name} stage needs a field's name`);
}

function numberOf(name: string, operand: BsonValue): number {
  const number = asNumber(operand);
  if (number !== undefined && number >= 0) return number;
  throw new CommandError(5_107_200, `invalid argument to ${name} stage: not a number that is not negative`);
}
