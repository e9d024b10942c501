import { createServer, type Socket } from 'node:net';
import { BSON, Timestamp } from 'mongodb';

/**
 * A MongoDB that knows one thing: a change stream whose batches were encoded before anybody asked. What a reader of it
 * costs is then the reader's own. Started as a process: `replay-server.ts CHANGES`; its first line is the port. Requests
 * are OP_MSG only, which the driver speaks from the first byte where a `serverApi` is chosen.
 */
const changes = Number(process.argv[2]);

/** What the listener asks for at once. */
const BATCH_SIZE = 1_000;
/** Served again and again: more would only be memory. */
const BATCHES = 20;

const SECONDS = 1_795_000_000;
const HEADER_BYTES = 21; // length, request, response to, opcode, flags, section kind
const OP_MSG = 2013;

/** A resume token in the form of MongoDB's own: seconds and ordinal, then the event. */
const tokenAt = (ordinal: number): { _data: string } => ({
  _data: `82${SECONDS.toString(16).toUpperCase()}${ordinal.toString(16).toUpperCase().padStart(8, '0')}2B042C0100296E04`,
});

function messageOf(ordinal: number): BSON.Document {
  const at = new Date(SECONDS * 1_000 + ordinal);
  const author = { _id: `user${ordinal % 40}`, username: `person.${ordinal % 40}`, name: `Person ${ordinal % 40}` };
  const text = `The guests of home ${ordinal % 300} asked for a cot and two more towels; I said we bring both by ${ordinal % 12} o'clock.`;
  return {
    _id: `message${ordinal.toString().padStart(10, '0')}`,
    rid: `room${ordinal % 60}`,
    msg: text,
    ts: at,
    u: author,
    _updatedAt: at,
    urls: [],
    mentions: [],
    channels: [],
    md: [{ type: 'PARAGRAPH', value: [{ type: 'PLAIN_TEXT', value: text }] }],
  };
}

/** Of ten changes in a chat seven are new messages, two edits, one a deletion. */
function eventOf(ordinal: number): BSON.Document {
  const document = messageOf(ordinal);
  const envelope = {
    _id: tokenAt(ordinal),
    clusterTime: new Timestamp({ t: SECONDS, i: ordinal }),
    wallTime: document['ts'] as Date,
    ns: { db: 'rocketchat', coll: 'rocketchat_message' },
    documentKey: { _id: document['_id'] as string },
  };
  const kind = ordinal % 10;
  if (kind === 9) return { ...envelope, operationType: 'delete' };
  if (kind < 7) return { ...envelope, operationType: 'insert', fullDocument: document };
  const edited = {
    msg: document['msg'] as string,
    editedAt: document['ts'] as Date,
    _updatedAt: document['ts'] as Date,
  };
  return {
    ...envelope,
    operationType: 'update',
    fullDocument: { ...document, ...edited },
    updateDescription: { updatedFields: edited, removedFields: [], truncatedArrays: [] },
  };
}

const now = { operationTime: new Timestamp({ t: SECONDS, i: changes }), ok: 1 };
const NAMESPACE = 'rocketchat.$cmd.aggregate';
const CURSOR = BSON.Long.fromNumber(4_711);

const hello = {
  helloOk: true,
  isWritablePrimary: true,
  topologyVersion: { processId: new BSON.ObjectId(), counter: BSON.Long.fromNumber(1) },
  hosts: ['127.0.0.1'],
  setName: 'rs0',
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 25,
  ok: 1,
};

/** A whole reply but for the number of its request. */
function encode(document: BSON.Document): Buffer {
  const body = BSON.serialize(document);
  const reply = Buffer.alloc(HEADER_BYTES + body.length);
  reply.writeInt32LE(reply.length, 0);
  reply.writeInt32LE(OP_MSG, 12);
  reply.set(body, HEADER_BYTES);
  return reply;
}

const batchAt = (from: number, to: number): Buffer =>
  encode({
    cursor: {
      nextBatch: Array.from({ length: to - from }, (_, index) => eventOf(from + index)),
      postBatchResumeToken: tokenAt(to - 1),
      id: CURSOR,
      ns: NAMESPACE,
    },
    ...now,
  });

const batches = Array.from({ length: BATCHES }, (_, index) => batchAt(index * BATCH_SIZE, (index + 1) * BATCH_SIZE));
const opened = encode({
  cursor: { firstBatch: [], postBatchResumeToken: tokenAt(0), id: CURSOR, ns: NAMESPACE },
  ...now,
});
const ended = encode({
  cursor: { nextBatch: [], postBatchResumeToken: tokenAt(changes), id: CURSOR, ns: NAMESPACE },
  ...now,
});
const greeted = encode(hello);
const done = encode({ ok: 1 });

function serve(socket: Socket): void {
  let read = Buffer.alloc(0);
  let next = 0;
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy()); // whoever reads may leave at any time
  socket.on('data', chunk => {
    read = Buffer.concat([read, chunk]);
    while (read.length >= 4 && read.length >= read.readInt32LE(0)) {
      const request = read.subarray(0, read.readInt32LE(0));
      read = read.subarray(request.length);
      answer(request);
    }
  });

  function answer(request: Buffer): void {
    const command = commandOf(request);
    const reply = replyTo(command);
    // Two writes: what is shared by all readers must not be changed for one.
    const head = Buffer.from(reply.subarray(0, HEADER_BYTES));
    head.writeInt32LE(request.readInt32LE(4), 8);
    const send = (): void => {
      socket.cork();
      socket.write(head);
      socket.write(reply.subarray(HEADER_BYTES));
      socket.uncork();
    };
    if (reply === ended) setTimeout(send, IDLE_MS);
    else send();
  }

  function replyTo(command: string): Buffer {
    if (command === 'hello' || command === 'isMaster' || command === 'ismaster') return greeted;
    if (command === 'aggregate') {
      next = 0;
      return opened;
    }
    if (command !== 'getMore') return done;
    const batch = next * BATCH_SIZE < changes ? batches[next % BATCHES] : undefined;
    next += 1;
    return batch ?? ended;
  }
}

/** As long as a server waits for something to happen; here for ever shorter than anybody measures. */
const IDLE_MS = 100;

/** The name of a command is its first field: read without decoding the rest. */
function commandOf(request: Buffer): string {
  const start = HEADER_BYTES + 4 + 1;
  return request.toString('latin1', start, request.indexOf(0, start));
}

const server = createServer(serve);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address !== null ? address.port : '');
});
