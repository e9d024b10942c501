import * as z from 'zod';
import type { BsonValue } from '../bson/bson-document.ts';
import type { Cursor } from '../server/cursors.ts';
import { CommandError } from '../wire/command-error.ts';
import {
  type AnyCommand,
  collectionName,
  numeric,
  parseCommand,
  type Reply,
  type Request,
  reply,
  type Services,
} from './command.ts';
import { batchReply, isOver, readBatch } from './cursor-reply.ts';

export const cursorCommands: Readonly<Record<string, AnyCommand>> = {
  getMore: { access: 'read', run: getMore },
  killCursors: { access: 'none', run: killCursors },
};

const GetMore = z.object({
  getMore: z.bigint(),
  collection: collectionName,
  batchSize: numeric.optional(),
  maxTimeMS: numeric.optional(),
});

/** How long an empty change stream waits, where the client does not say. */
const AWAIT_MS = 1000;

async function getMore(request: Request, services: Services): Promise<Reply> {
  const command = parseCommand(GetMore, request.body);
  const cursor = services.cursors.use(command.getMore);
  const limit =
    command.batchSize === undefined || command.batchSize === 0 ? Number.POSITIVE_INFINITY : command.batchSize;
  if (cursor.source.kind === 'documents') {
    return batchReply(cursor, readBatch(cursor.source, limit), 'nextBatch', services.cursors);
  }
  try {
    return await awaitChanges(cursor, request, services, { limit, maxTimeMs: command.maxTimeMS ?? AWAIT_MS });
  } catch (error) {
    services.cursors.close(cursor.id); // an error is the last that a cursor says
    throw error;
  }
}

async function awaitChanges(
  cursor: Cursor,
  request: Request,
  services: Services,
  { limit, maxTimeMs }: { limit: number; maxTimeMs: number },
): Promise<Reply> {
  const deadline = Date.now() + maxTimeMs;
  for (;;) {
    const batch = readBatch(cursor.source, limit);
    const waitMs = deadline - Date.now();
    if (batch.length > 0 || isOver(cursor.source) || waitMs <= 0 || request.signal.aborted) {
      return batchReply(cursor, batch, 'nextBatch', services.cursors);
    }
    await waitForChange(request, services, waitMs);
  }
}

/** Until something was written, the time is over or the client is gone. @throws CommandError when the primary steps down. */
async function waitForChange({ signal }: Request, { store, replicaSet }: Services, waitMs: number): Promise<void> {
  const interruption = await new Promise<CommandError | undefined>(resolve => {
    const finish = (error?: CommandError): void => {
      clearTimeout(timer);
      stopWaiting();
      unwatch();
      signal.removeEventListener('abort', abort);
      resolve(error);
    };
    const abort = (): void => finish();
    const timer = setTimeout(abort, waitMs);
    const stopWaiting = store.oplog.waitBeyond(store.oplog.last(), abort);
    const unwatch = replicaSet.watch(() => finish(new CommandError(11_602, 'operation was interrupted')));
    signal.addEventListener('abort', abort);
  });
  if (interruption !== undefined) throw interruption;
}

const KillCursors = z.object({ killCursors: z.string(), cursors: z.array(z.bigint()) });

function killCursors({ body }: Request, { cursors }: Services): Reply {
  const ids = parseCommand(KillCursors, body).cursors;
  const killed: BsonValue[] = ids.filter(id => cursors.close(id));
  return reply(
    ['cursorsKilled', killed],
    ['cursorsNotFound', ids.filter(id => !killed.includes(id))],
    ['cursorsAlive', []],
    ['cursorsUnknown', []],
  );
}
