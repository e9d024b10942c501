import { asBuffer, type BsonDocument, decodeDocument } from '../bson/bson-document.ts';

/**
 * MongoDB's wire protocol as the driver speaks it: OP_MSG, and OP_QUERY for the very first greeting. Pure.
 */
export interface WireRequest {
  readonly requestId: number;
  readonly isLegacy: boolean;
  /** The client does not wait for an answer (`w: 0`). */
  readonly wantsNoReply: boolean;
  /** The client takes further answers without asking again (streaming `hello`). */
  readonly allowsExhaust: boolean;
  readonly body: BsonDocument;
  /** Documents sent beside the body, by the name of the field they belong to. */
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
}

const HEADER_BYTES = 16;
const [OP_REPLY, OP_QUERY, OP_MSG] = [1, 2004, 2013] as const;
const [CHECKSUM_PRESENT, MORE_TO_COME, EXHAUST_ALLOWED] = [1, 2, 1 << 16] as const;
/** The server's own limit. */
export const MESSAGE_BYTES_MAX = 48_000_000;

/** Not a message of this protocol; the connection cannot go on. */
export class ProtocolError extends Error {}

/** Cuts a stream of bytes into messages. @throws ProtocolError for an impossible length. */
export class MessageSplitter {
  #chunks: Buffer[] = [];
  #bytes = 0;

  /** The messages that are complete with this chunk. */
  *push(chunk: Buffer): Generator<Buffer> {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    for (;;) {
      const wanted = this.#wanted();
      if (wanted === undefined || this.#bytes < wanted) return;
      const [first = chunk, ...others] = this.#chunks;
      const whole = others.length === 0 ? first : Buffer.concat(this.#chunks);
      this.#chunks = whole.length === wanted ? [] : [whole.subarray(wanted)];
      this.#bytes = whole.length - wanted;
      yield whole.subarray(0, wanted);
    }
  }

  #wanted(): number | undefined {
    if (this.#bytes < 4) return undefined;
    const [first] = this.#chunks;
    if (first === undefined || first.length < 4) this.#chunks = [Buffer.concat(this.#chunks)];
    const length = this.#chunks[0]?.readInt32LE(0) ?? 0;
    if (length < HEADER_BYTES || length > MESSAGE_BYTES_MAX) throw new ProtocolError(`message of ${length} bytes`);
    return length;
  }
}

/** @throws ProtocolError for other operations, BSONError for broken documents. */
export function parseRequest(message: Buffer): WireRequest {
  const requestId = message.readInt32LE(4);
  const operation = message.readInt32LE(12);
  if (operation === OP_QUERY) return parseQuery(message, requestId);
  if (operation === OP_MSG) return parseMessage(message, requestId);
  throw new ProtocolError(`operation ${operation} is not supported`);
}

function parseQuery(message: Buffer, requestId: number): WireRequest {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  const namespace = message.toString('utf8', HEADER_BYTES + 4, nameEnd);
  if (!namespace.endsWith('.$cmd')) throw new ProtocolError('OP_QUERY is for commands only');
  const body = decodeDocument(message.subarray(nameEnd + 9));
  body.set('$db', namespace.slice(0, -'.$cmd'.length));
  return { requestId, isLegacy: true, wantsNoReply: false, allowsExhaust: false, body, sequences: new Map() };
}

function parseMessage(message: Buffer, requestId: number): WireRequest {
  const flags = message.readUInt32LE(HEADER_BYTES);
  const end = (flags & CHECKSUM_PRESENT) === 0 ? message.length : message.length - 4;
  let body: BsonDocument | undefined;
  const sequences = new Map<string, Buffer[]>();
  let at = HEADER_BYTES + 4;
  while (at < end) {
    const kind = message[at];
    const size = message.readInt32LE(at + 1);
    if (kind === 0) body = decodeDocument(message.subarray(at + 1, at + 1 + size));
    else if (kind === 1) {
      const nameEnd = message.indexOf(0, at + 5);
      sequences.set(message.toString('utf8', at + 5, nameEnd), cutDocuments(message, nameEnd + 1, at + 1 + size));
    } else throw new ProtocolError(`section of kind ${kind}`);
    at += 1 + size;
  }
  if (body === undefined) throw new ProtocolError('a message without a body');
  return {
    requestId,
    isLegacy: false,
    wantsNoReply: (flags & MORE_TO_COME) !== 0,
    allowsExhaust: (flags & EXHAUST_ALLOWED) !== 0,
    body,
    sequences,
  };
}

function cutDocuments(message: Buffer, from: number, to: number): Buffer[] {
  const documents: Buffer[] = [];
  for (let at = from; at < to; ) {
    const size = message.readInt32LE(at);
    if (size < 5 || at + size > to) throw new ProtocolError('a document beyond its section');
    documents.push(message.subarray(at, at + size));
    at += size;
  }
  return documents;
}

export interface ReplyFrame {
  readonly requestId: number;
  readonly responseTo: number;
  readonly isLegacy: boolean;
  readonly moreToCome: boolean;
}

/** The bytes of an answer, without copying the document. */
export function encodeReply(
  document: Uint8Array,
  { requestId, responseTo, isLegacy, moreToCome }: ReplyFrame,
): Buffer[] {
  const head = Buffer.alloc(HEADER_BYTES + (isLegacy ? 20 : 5));
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(requestId, 4);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(isLegacy ? OP_REPLY : OP_MSG, 12);
  if (isLegacy) {
    head.writeInt32LE(8, HEADER_BYTES); // await-capable, as every server since 1.6 says
    head.writeInt32LE(1, HEADER_BYTES + 16);
  } else head.writeUInt32LE(moreToCome ? MORE_TO_COME : 0, HEADER_BYTES);
  return [head, asBuffer(document)];
}
