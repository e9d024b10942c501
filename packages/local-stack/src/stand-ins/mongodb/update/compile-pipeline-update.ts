import { type BsonDocument, type BsonValue, decodeDocument, encodeDocument } from '../bson/bson-document.ts';
import { compileExpression } from '../query/compile-expression.ts';
import { exclusionOf, readStage } from '../query/compile-pipeline.ts';
import { CommandError } from '../wire/command-error.ts';
import { removePath, writePath } from './document-path.ts';

type Step = (document: BsonDocument) => BsonDocument;

/** An update by aggregation stages. Changes the document it is given. @throws CommandError for other stages. */
export function compilePipelineUpdate(pipeline: readonly BsonValue[]): Step {
  const steps = pipeline.map(stage => {
    if (!(stage instanceof Map)) throw new CommandError(14, 'Each element of the pipeline must be an object');
    const { name, operand } = readStage(stage);
    return compileStep(name, operand);
  });
  // Through bytes, as a value may have been used in two places.
  return document => decodeDocument(encodeDocument(steps.reduce((current, step) => step(current), document)));
}

function compileStep(name: string, operand: BsonValue): Step {
  if ((name === '$set' || name === '$addFields') && operand instanceof Map) {
    const fields = Array.from(operand, ([path, value]) => ({ path, value: compileExpression(value) }));
    return document => {
      // All of a stage sees the document as it was before.
      const values = fields.map(({ path, value }) => ({ path, value: value(document) }));
      for (const { path, value } of values) if (value !== undefined) writePath(document, path, value);
      return document;
    };
  }
  if (name === '$unset') {
    const paths = [...exclusionOf(operand).keys()];
    return document => {
      for (const path of paths) removePath(document, path);
      return document;
    };
  }
  if (name === '$replaceWith') return replacing(compileExpression(operand));
  throw new CommandError(72, `${name} is not allowed to be used within an update`, { codeName: 'InvalidOptions' });
}

function replacing(expression: (document: BsonDocument) => BsonValue): Step {
  return document => {
    const next = expression(document);
    if (!(next instanceof Map)) throw new CommandError(40_228, "'newRoot' expression must evaluate to an object");
    const id = document.get('_id');
    return id === undefined || next.has('_id') ? next : new Map<string, BsonValue>([['_id', id], ...next]);
  };
}
