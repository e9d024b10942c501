import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { BsonDocument } from '../bson/bson-document.ts';
import type { Request, Services } from '../commands/command.ts';
import { encodeAnswer, encodeError, runCommand } from '../commands/run-command.ts';
import { CommandError } from '../wire/command-error.ts';
import { encodeReply, MessageSplitter, parseRequest, type WireRequest } from '../wire/wire-message.ts';
import { errorOf } from './faults.ts';

/** A command or a connection that ended as it should not have: a bug, or a client that speaks another protocol. */
export type ServerLog = (event: string, facts: Readonly<Record<string, unknown>>) => void;

/** Answers one client, one command after the other, until the connection is closed. */
export function serveConnection(socket: Socket, connectionId: number, services: Services, log: ServerLog): void {
  const closed = new AbortController();
  const context = { connectionId, services, signal: closed.signal, log };
  const fail = (error: unknown): void => {
    if (!closed.signal.aborted) log('connection.failed', { error: String(error) });
    socket.destroy();
  };
  const splitter = new MessageSplitter();
  let last: Promise<void> = Promise.resolve();
  socket.setNoDelay(true);
  socket.once('close', () => closed.abort());
  socket.on('error', () => socket.destroy()); // a client that went away; `close` follows
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const message of splitter.push(chunk)) {
        last = last.then(() => answer(socket, parseRequest(message), context)).catch(fail);
      }
    } catch (error) {
      fail(error);
    }
  });
}

interface ConnectionContext {
  readonly connectionId: number;
  readonly services: Services;
  readonly signal: AbortSignal;
  readonly log: ServerLog;
}

async function answer(socket: Socket, wire: WireRequest, context: ConnectionContext): Promise<void> {
  let responseTo = wire.requestId;
  let body: BsonDocument | undefined = wire.body;
  while (body !== undefined && !context.signal.aborted) {
    const outcome = await runWithFaults(toRequest(body, wire, context), context);
    if (outcome === undefined) {
      socket.destroy();
      return;
    }
    if (wire.wantsNoReply) return;
    const moreToCome = wire.allowsExhaust && outcome.again !== undefined;
    const requestId = nextRequestId();
    const frame = encodeReply(outcome.document, { requestId, responseTo, isLegacy: wire.isLegacy, moreToCome });
    if (outcome.isCutInHalf) {
      const bytes = Buffer.concat(frame);
      socket.end(bytes.subarray(0, bytes.length / 2));
      return;
    }
    await send(socket, frame);
    responseTo = requestId;
    body = moreToCome ? outcome.again : undefined;
  }
}

let lastRequestId = 0;
function nextRequestId(): number {
  lastRequestId = (lastRequestId + 1) & 0x7fff_ffff;
  return lastRequestId;
}

function toRequest(body: BsonDocument, wire: WireRequest, { connectionId, signal }: ConnectionContext): Request {
  const [name = ''] = body.keys();
  const db = body.get('$db');
  return { name, db: typeof db === 'string' ? db : 'admin', body, sequences: wire.sequences, connectionId, signal };
}

interface Outcome {
  readonly document: Buffer;
  readonly isCutInHalf: boolean;
  readonly again?: BsonDocument | undefined;
}

/** `undefined` where the connection is to break without an answer. */
async function runWithFaults(request: Request, context: ConnectionContext): Promise<Outcome | undefined> {
  const { services, log, signal } = context;
  const { faults } = services;
  await faults.thawed();
  const delayMs = faults.delayOf(request.name);
  if (delayMs > 0) await delay(delayMs, undefined, { signal });
  if (signal.aborted) return undefined;
  const failure = faults.take(request.name);
  if (failure?.effect === 'cut') return undefined;
  try {
    if (failure?.effect === 'error') throw errorOf(failure);
    const reply = await runCommand(request, services);
    await faults.thawed(); // what was waiting when everything froze stays unanswered too
    if (failure?.effect === 'lose_reply') return undefined;
    return {
      document: encodeAnswer(reply, services),
      isCutInHalf: failure?.effect === 'half_reply',
      again: reply.again,
    };
  } catch (error) {
    if (error instanceof CommandError) return { document: encodeError(error, request, services), isCutInHalf: false };
    log('command.failed', { command: request.name, error: String(error) });
    const bug = new CommandError(8, 'the stand-in has a bug', { codeName: 'UnknownError' });
    return { document: encodeError(bug, request, services), isCutInHalf: false };
  }
}

async function send(socket: Socket, frame: readonly Buffer[]): Promise<void> {
  if (socket.destroyed) return;
  socket.cork();
  const flushed = frame.map(bytes => socket.write(bytes)).every(Boolean);
  socket.uncork();
  if (flushed) return;
  await new Promise<void>(resolve => {
    const done = (): void => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}
