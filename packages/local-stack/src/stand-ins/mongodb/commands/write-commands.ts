import * as z from 'zod';
import type { BsonDocument, BsonValue } from '../bson/bson-document.ts';
import { parseSort } from '../query/compile-sort.ts';
import { compileUpdate } from '../update/apply-update.ts';
import { CommandError } from '../wire/command-error.ts';
import {
  type AnyCommand,
  collectionName,
  decodedDocuments,
  documentShape,
  encodedDocuments,
  flag,
  numeric,
  parseCommand,
  type Reply,
  type Request,
  reply,
  type Services,
} from './command.ts';

/** Changing documents. A statement that fails is told in `writeErrors`; in order, the ones behind it are not tried. */
export const writeCommands: Readonly<Record<string, AnyCommand>> = {
  insert: { access: 'write', run: insert },
  update: { access: 'write', run: update },
  delete: { access: 'write', run: remove },
};

const Insert = z.object({ insert: collectionName, ordered: flag.default(true) });

function insert(request: Request, { store }: Services): Reply {
  const command = parseCommand(Insert, request.body);
  let inserted = 0;
  const errors = eachStatement(encodedDocuments(request, 'documents'), command.ordered, body => {
    store.writer.insert(request.db, command.insert, body);
    inserted += 1;
  });
  return reply(['n', inserted], ...errors);
}

const Update = z.object({ update: collectionName, ordered: flag.default(true) });
const UpdateStatement = z.object({
  q: documentShape,
  u: z.custom<BsonValue>(value => value !== undefined, 'is missing but a required field'),
  multi: flag.default(false),
  upsert: flag.default(false),
  sort: documentShape.optional(),
  arrayFilters: z.undefined({ error: 'is not supported by the stand-in' }).optional(),
});

function update(request: Request, { store }: Services): Reply {
  const command = parseCommand(Update, request.body);
  const upserted: BsonDocument[] = [];
  let [matched, modified] = [0, 0];
  const errors = eachStatement(decodedDocuments(request, 'updates'), command.ordered, (body, index) => {
    const statement = parseCommand(UpdateStatement, body);
    const compiled = compileUpdate(statement.u);
    if (statement.multi && compiled.kind === 'replace') {
      throw new CommandError(9, 'multi update is not supported for replacement-style update');
    }
    const result = store.writer.update(request.db, command.update, {
      query: { filter: statement.q, sort: parseSort(statement.sort) },
      update: compiled,
      isMulti: statement.multi,
      isUpsert: statement.upsert,
    });
    matched += result.matched;
    modified += result.modified;
    if (result.upsertedId !== undefined)
      upserted.push(
        new Map<string, BsonValue>([
          ['index', index],
          ['_id', result.upsertedId],
        ]),
      );
  });
  return reply(
    ['n', matched + upserted.length],
    ['nModified', modified],
    ...(upserted.length === 0 ? [] : [['upserted', upserted] as const]),
    ...errors,
  );
}

const Delete = z.object({ delete: collectionName, ordered: flag.default(true) });
const DeleteStatement = z.object({ q: documentShape, limit: numeric });

function remove(request: Request, { store }: Services): Reply {
  const command = parseCommand(Delete, request.body);
  let removed = 0;
  const errors = eachStatement(decodedDocuments(request, 'deletes'), command.ordered, body => {
    const { q, limit } = parseCommand(DeleteStatement, body);
    removed += store.writer.remove(request.db, command.delete, { filter: q, sort: [] }, limit === 0).removed;
  });
  return reply(['n', removed], ...errors);
}

function eachStatement<T>(
  statements: readonly T[],
  ordered: boolean,
  run: (statement: T, index: number) => void,
): (readonly [string, BsonValue])[] {
  if (statements.length === 0)
    throw new CommandError(16, 'Write batch sizes must be between 1 and 100000', { codeName: 'InvalidLength' });
  const errors: BsonDocument[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      errors.push(
        new Map<string, BsonValue>([
          ['index', index],
          ['code', error.code],
          ['errmsg', error.message],
          ...error.fields,
        ]),
      );
      if (ordered) break;
    }
  }
  return errors.length === 0 ? [] : [['writeErrors', errors]];
}
