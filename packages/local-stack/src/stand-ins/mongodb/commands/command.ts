import { Double } from 'bson';
import * as z from 'zod';
import { type BsonDocument, type BsonValue, decodeDocument, encodeDocument } from '../bson/bson-document.ts';
import type { Cursors } from '../server/cursors.ts';
import type { FaultSwitch } from '../server/faults.ts';
import type { ReplicaSet } from '../server/replica-set.ts';
import type { Expiry } from '../store/expiry.ts';
import type { MongoStore } from '../store/mongo-store.ts';
import { CommandError } from '../wire/command-error.ts';

/** A command as it arrived. */
export interface Request {
  readonly name: string;
  readonly db: string;
  readonly body: BsonDocument;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  readonly connectionId: number;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
}

export interface Reply {
  readonly fields: BsonDocument;
  /** An encoded document to go under a field's name: batches are never decoded. */
  readonly encoded?: { readonly name: string; readonly document: Buffer };
  /** The request to be answered next without being asked, where the client allows it. */
  readonly again?: BsonDocument;
}

/** What commands work with. */
export interface Services {
  readonly store: MongoStore;
  readonly cursors: Cursors;
  readonly replicaSet: ReplicaSet;
  readonly faults: FaultSwitch;
  readonly expiry: Expiry;
}

export interface Command {
  /** `write` runs in a transaction; both kinds of access need a primary. */
  readonly access: 'none' | 'read' | 'write';
  run(request: Request, services: Services): Reply | Promise<Reply>;
}

/** A command that changes something and waits for nothing. */
export interface WriteCommand {
  readonly access: 'write';
  run(request: Request, services: Services): Reply;
}

export type AnyCommand = (Command & { readonly access: 'none' | 'read' }) | WriteCommand;

export function reply(...fields: readonly (readonly [string, BsonValue])[]): Reply {
  return { fields: new Map(fields) };
}

/** Any of BSON's numbers, as a JavaScript number. */
export const numeric = z
  .union([z.number(), z.bigint(), z.instanceof(Double).transform(double => double.value)])
  .transform(Number);
export const documentShape = z.custom<BsonDocument>(value => value instanceof Map, 'must be an object');
export const flag = z.union([z.boolean(), numeric.transform(value => value !== 0)]);
export const collectionName = z.string().min(1);

/** The command's own fields, checked. @throws CommandError 9. */
export function parseCommand<T>(schema: z.ZodType<T>, body: BsonDocument): T {
  const parsed = schema.safeParse(Object.fromEntries(body));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CommandError(9, `BSON field '${issue?.path.join('.') ?? ''}' ${issue?.message ?? 'is wrong'}`);
}

/** Documents of a write, wherever the client put them. */
export function encodedDocuments(request: Request, field: string): readonly Uint8Array[] {
  const inBody = request.body.get(field);
  const given = request.sequences.get(field);
  if (given !== undefined) return given;
  if (!Array.isArray(inBody)) throw new CommandError(9, `BSON field '${field}' is missing but a required field`);
  return inBody.filter(item => item instanceof Map).map(encodeDocument);
}

export function decodedDocuments(request: Request, field: string): BsonDocument[] {
  return encodedDocuments(request, field).map(bytes => decodeDocument(bytes));
}
