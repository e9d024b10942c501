import * as z from 'zod';
import type { BsonDocument, BsonValue } from '../bson/bson-document.ts';
import { compileProjection } from '../query/compile-projection.ts';
import { parseSort } from '../query/compile-sort.ts';
import { compileUpdate } from '../update/apply-update.ts';
import { CommandError } from '../wire/command-error.ts';
import {
  type AnyCommand,
  collectionName,
  documentShape,
  flag,
  parseCommand,
  type Reply,
  type Request,
  reply,
  type Services,
} from './command.ts';

export const findAndModifyCommands: Readonly<Record<string, AnyCommand>> = {
  findAndModify: { access: 'write', run: findAndModify },
  findandmodify: { access: 'write', run: findAndModify },
};

const FindAndModify = z.object({
  collection: collectionName,
  query: documentShape.optional(),
  sort: documentShape.optional(),
  fields: documentShape.optional(),
  update: z.custom<BsonValue>(() => true).optional(),
  remove: flag.default(false),
  new: flag.default(false),
  upsert: flag.default(false),
  arrayFilters: z.undefined({ error: 'is not supported by the stand-in' }).optional(),
});

function findAndModify(request: Request, { store }: Services): Reply {
  const { findAndModify, findandmodify } = Object.fromEntries(request.body);
  const body = new Map(request.body).set('collection', findAndModify ?? findandmodify);
  const command = parseCommand(FindAndModify, body);
  const query = { filter: command.query ?? new Map<string, BsonValue>(), sort: parseSort(command.sort) };
  const project = compileProjection(command.fields) ?? ((document: BsonDocument) => document);
  if (command.remove) {
    const { removed, last } = store.writer.remove(request.db, command.collection, query, false);
    return answer({ n: removed, value: last && project(last) });
  }
  if (command.update === undefined) throw new CommandError(9, 'Either an update or remove=true must be specified');
  const result = store.writer.update(request.db, command.collection, {
    query,
    update: compileUpdate(command.update),
    isMulti: false,
    isUpsert: command.upsert,
  });
  const value = command.new ? result.after : result.before;
  return answer({
    n: result.matched + (result.upsertedId === undefined ? 0 : 1),
    value: value && project(value),
    updatedExisting: result.matched > 0,
    upserted: result.upsertedId,
  });
}

interface Outcome {
  readonly n: number;
  readonly value: BsonDocument | undefined;
  readonly updatedExisting?: boolean;
  readonly upserted?: BsonValue;
}

function answer({ n, value, updatedExisting, upserted }: Outcome): Reply {
  const lastErrorObject = new Map<string, BsonValue>([['n', n]]);
  if (updatedExisting !== undefined) lastErrorObject.set('updatedExisting', updatedExisting);
  if (upserted !== undefined) lastErrorObject.set('upserted', upserted);
  return reply(['lastErrorObject', lastErrorObject], ['value', value ?? null]);
}
