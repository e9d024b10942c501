import { BSON } from 'mongodb';
import * as z from 'zod';

/**
 * The archive format of the MongoDB tools, version 0.1, as a stream of its parts. Blocks of BSON documents, each ended
 * by four bytes of ones: first the prelude (a header and one document for each collection), then pieces of collections
 * in any order, each led by its name; the last of a collection has no documents, but the checksum of all. Documents
 * stay bytes. Pure.
 */
export type ArchivePart =
  | { readonly kind: 'header'; readonly serverVersion: string; readonly toolVersion: string }
  /** Announced in the prelude. `metadata` is extended JSON: indexes and options; empty where there is none. */
  | { readonly kind: 'collection'; readonly namespace: Namespace; readonly metadata: string }
  | { readonly kind: 'document'; readonly namespace: Namespace; readonly bytes: Uint8Array }
  /** `crc` is the CRC-64 (ECMA-182, reflected) of the collection's documents, as a signed number. */
  | { readonly kind: 'end'; readonly namespace: Namespace; readonly crc: bigint };

export interface Namespace {
  /** Empty for the oplog. */
  readonly database: string;
  readonly collection: string;
}

/** Where the writes that happened during the dump stand. */
export const OPLOG: Namespace = { database: '', collection: 'oplog' };
export const nameOf = ({ database, collection }: Namespace): string => `${database}.${collection}`;
export const isOplog = (namespace: Namespace): boolean => nameOf(namespace) === nameOf(OPLOG);

/** The bytes are no archive, or not all of one. */
export class ArchiveError extends Error {}

export const ARCHIVE_MAGIC = 0x8199e26d;
export const TERMINATOR = 0xffffffff;
/** Of a document; the server's own limit with room for what it adds. */
const DOCUMENT_BYTES_MAX = 16 * 1024 * 1024 + 16 * 1024;
const DOCUMENT_BYTES_MIN = 5; // its length and the byte that ends it

const Header = z.object({ version: z.string(), server_version: z.string(), tool_version: z.string() });
const Collection = z.object({
  db: z.string(),
  collection: z.string(),
  metadata: z.string().default(''),
  type: z.string().default(''),
});
const Segment = z.object({ db: z.string(), collection: z.string(), EOF: z.boolean(), CRC: z.bigint() });

/** @throws ArchiveError, also when it stops in the middle or a collection has no end. Views have none. */
export async function* readArchive(source: AsyncIterable<Uint8Array>): AsyncGenerator<ArchivePart> {
  const bytes = new ByteReader(source);
  const magic = await bytes.take(4);
  if (magic?.readUInt32LE(0) !== ARCHIVE_MAGIC) throw new ArchiveError('it does not begin as an archive does');
  const header = parse(Header, await demandDocument(bytes));
  if (!header.version.startsWith('0.')) throw new ArchiveError(`its format has version ${header.version}`);
  yield { kind: 'header', serverVersion: header.server_version, toolVersion: header.tool_version };
  const open = new Set<string>();
  const ended = new Set<string>();
  for (let document = await readDocument(bytes); document !== 'terminator'; document = await readDocument(bytes)) {
    if (document === 'end') throw new ArchiveError('it stops within its prelude');
    const { db: database, collection, metadata, type } = parse(Collection, document);
    if (type === 'collection') open.add(nameOf({ database, collection }));
    yield { kind: 'collection', namespace: { database, collection }, metadata };
  }
  for (let lead = await readDocument(bytes); lead !== 'end'; lead = await readDocument(bytes)) {
    if (lead === 'terminator') throw new ArchiveError('a block has no name');
    const segment = parse(Segment, lead);
    const namespace = { database: segment.db, collection: segment.collection };
    if (ended.has(nameOf(namespace))) throw new ArchiveError('a collection goes on after its end');
    open.add(nameOf(namespace));
    for (let document = await readDocument(bytes); document !== 'terminator'; document = await readDocument(bytes)) {
      if (document === 'end') throw new ArchiveError('it stops within a collection');
      yield { kind: 'document', namespace, bytes: document };
    }
    if (!segment.EOF) continue;
    open.delete(nameOf(namespace));
    ended.add(nameOf(namespace));
    yield { kind: 'end', namespace, crc: segment.CRC };
  }
  if (open.size > 0) throw new ArchiveError(`${open.size} collections have no end`);
}

async function demandDocument(bytes: ByteReader): Promise<Buffer> {
  const document = await readDocument(bytes);
  if (typeof document === 'string') throw new ArchiveError('it has no header');
  return document;
}

async function readDocument(bytes: ByteReader): Promise<Buffer | 'terminator' | 'end'> {
  const size = (await bytes.peek(4))?.readUInt32LE(0);
  if (size === undefined) return 'end';
  if (size === TERMINATOR) {
    await bytes.take(4);
    return 'terminator';
  }
  if (size < DOCUMENT_BYTES_MIN || size > DOCUMENT_BYTES_MAX) throw new ArchiveError('a length is no length');
  const document = await bytes.take(size);
  if (document?.[size - 1] !== 0) throw new ArchiveError('a document is cut off');
  return document;
}

function parse<T>(shape: z.ZodType<T>, document: Uint8Array): T {
  try {
    return shape.parse(BSON.deserialize(document, { useBigInt64: true }));
  } catch (error) {
    throw new ArchiveError('a block begins with something else than a name', { cause: error });
  }
}

/** Pieces of a stream put together to what is asked for; copies only what spans several pieces. */
class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes, which stay; `undefined` at the end. @throws ArchiveError when only some of them are left. */
  async peek(count: number): Promise<Buffer | undefined> {
    if (this.#held.length < count) await this.#fill(count);
    if (this.#held.length === 0 && count > 0) return undefined;
    if (this.#held.length < count) throw new ArchiveError('it stops in the middle');
    return this.#held.subarray(0, count);
  }

  async take(count: number): Promise<Buffer | undefined> {
    const bytes = await this.peek(count);
    if (bytes !== undefined) this.#held = this.#held.subarray(count);
    return bytes;
  }

  async #fill(count: number): Promise<void> {
    const pieces = [this.#held];
    let length = this.#held.length;
    while (length < count) {
      const next = await this.#source.next();
      if (next.done === true) break;
      const piece = next.value;
      pieces.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
      length += piece.length;
    }
    this.#held = Buffer.concat(pieces, length);
  }
}
