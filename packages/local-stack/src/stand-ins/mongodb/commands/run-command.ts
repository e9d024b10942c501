import { Binary } from 'bson';
import {
  appendElement,
  BSON_TYPE,
  type BsonDocument,
  type BsonValue,
  decodeDocument,
  encodeDocument,
} from '../bson/bson-document.ts';
import { toTimestamp } from '../store/cluster-time.ts';
import { CommandError } from '../wire/command-error.ts';
import { aggregateCommands } from './aggregate-commands.ts';
import { catalogCommands } from './catalog-commands.ts';
import type { AnyCommand, Reply, Request, Services, WriteCommand } from './command.ts';
import { findAndModifyCommands } from './find-and-modify.ts';
import { cursorCommands } from './get-more.ts';
import { indexCommands } from './index-commands.ts';
import { readCommands } from './read-commands.ts';
import { replicaSetCommands, sessionId } from './replica-set-commands.ts';
import { writeCommands } from './write-commands.ts';

const COMMANDS: ReadonlyMap<string, AnyCommand> = new Map(
  Object.entries({
    ...replicaSetCommands,
    ...readCommands,
    ...aggregateCommands,
    ...cursorCommands,
    ...writeCommands,
    ...findAndModifyCommands,
    ...catalogCommands,
    ...indexCommands,
  }),
);

/** Does one command. @throws CommandError for a refusal. */
export async function runCommand(request: Request, services: Services): Promise<Reply> {
  const command = COMMANDS.get(request.name);
  if (command === undefined) throw new CommandError(59, `no such command: '${request.name}'`);
  if (command.access !== 'none') demandPrimary(command.access, services);
  if (request.body.get('autocommit') === false) {
    throw new CommandError(263, 'the stand-in has no multi-document transactions');
  }
  return command.access === 'write' ? runWrite(command, request, services) : command.run(request, services);
}

function demandPrimary(access: 'read' | 'write', { replicaSet }: Services): void {
  if (replicaSet.isPrimary) return;
  throw access === 'write'
    ? new CommandError(10_107, 'not primary')
    : new CommandError(13_435, 'not primary and secondaryOk=false');
}

/** A retryable write is done once, however often it is sent. */
function runWrite(command: WriteCommand, request: Request, services: Services): Reply {
  const { store } = services;
  const number = request.body.get('txnNumber');
  const lsid = request.body.get('lsid');
  const session = lsid instanceof Map ? sessionId(lsid) : undefined;
  if (typeof number !== 'bigint' || session === undefined) return store.write(() => command.run(request, services));
  const done = store.retries.find(session);
  if (done !== undefined && done.number === number) return { fields: decodeDocument(done.reply) };
  if (done !== undefined && done.number > number) {
    throw new CommandError(
      225,
      `Retryable write with txnNumber ${number} is prohibited because a newer one has started`,
    );
  }
  return store.write(() => {
    const reply = command.run(request, services);
    store.retries.put(session, number, encodeDocument(reply.fields));
    return reply;
  });
}

/** An answer as it goes out, with the cluster's time as every answer of a replica set has it. */
export function encodeAnswer({ fields, encoded }: Reply, services: Services): Buffer {
  const body = encodeDocument(new Map<string, BsonValue>([...fields, ['ok', 1], ...gossip(services)]));
  return encoded === undefined ? body : appendElement(body, BSON_TYPE.object, encoded.name, encoded.document);
}

export function encodeError(error: CommandError, request: Request, services: Services): Buffer {
  const fields = new Map<string, BsonValue>([
    ['ok', 0],
    ['errmsg', error.message],
    ['code', error.code],
    ['codeName', error.codeName],
    ...error.fields,
  ]);
  const labels = new Set([...error.labels, ...labelsOf(error, request)]);
  if (labels.size > 0) fields.set('errorLabels', [...labels]);
  if (NOT_PRIMARY.has(error.code)) fields.set('topologyVersion', services.replicaSet.topologyVersion);
  for (const [name, value] of gossip(services)) fields.set(name, value);
  return encodeDocument(fields);
}

const NOT_PRIMARY = new Set([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436]);
const RETRYABLE = new Set([6, 7, 89, 262, 9001, ...NOT_PRIMARY]);
const RESUMABLE = new Set([63, 133, 150, 234, 13_388, ...RETRYABLE]);

function labelsOf({ code }: CommandError, { name, body }: Request): string[] {
  if (body.get('txnNumber') !== undefined && RETRYABLE.has(code)) return ['RetryableWriteError'];
  return name === 'getMore' && RESUMABLE.has(code) ? ['ResumableChangeStreamError'] : [];
}

function gossip({ store }: Services): readonly (readonly [string, BsonValue])[] {
  const time = toTimestamp(store.oplog.last());
  const signature: BsonDocument = new Map<string, BsonValue>([
    ['hash', new Binary(new Uint8Array(20))],
    ['keyId', 0n],
  ]);
  return [
    [
      '$clusterTime',
      new Map<string, BsonValue>([
        ['clusterTime', time],
        ['signature', signature],
      ]),
    ],
    ['operationTime', time],
  ];
}
