import {
  ARCHIVE_MAGIC,
  type Namespace,
  nameOf,
  TERMINATOR,
} from '@innkeeper/backup-runner/proof-of-restore/mongodb/read-archive';
import { Long, serialize } from 'bson';
import { Crc64 } from './crc64.ts';

/**
 * Writes the archive format of the MongoDB tools. Collections may be written in turns, as the tools do with several at
 * a time; each block names its own. Bytes go to `write`, which resolves when more may come.
 */
export interface ArchivePrelude {
  readonly concurrentCollections: number;
  readonly serverVersion: string;
  readonly toolVersion: string;
  readonly collections: readonly { readonly namespace: Namespace; readonly metadata: string }[];
}

const FORMAT_VERSION = '0.1';

export class ArchiveWriter {
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  readonly #checksums = new Map<string, Crc64>();
  #current: string | undefined;

  constructor(write: (bytes: Uint8Array) => Promise<void>) {
    this.#write = write;
  }

  async begin(prelude: ArchivePrelude): Promise<void> {
    const magic = Buffer.alloc(4);
    magic.writeUInt32LE(ARCHIVE_MAGIC);
    const header = serialize({
      concurrent_collections: prelude.concurrentCollections,
      version: FORMAT_VERSION,
      server_version: prelude.serverVersion,
      tool_version: prelude.toolVersion,
    });
    const collections = prelude.collections.map(({ namespace, metadata }) =>
      serialize({ db: namespace.database, collection: namespace.collection, metadata, size: 0, type: 'collection' }),
    );
    for (const { namespace } of prelude.collections) this.#checksums.set(nameOf(namespace), new Crc64());
    await this.#write(Buffer.concat([magic, header, ...collections, TERMINATOR_BYTES]));
  }

  /** Whole BSON documents of one collection. */
  async add(namespace: Namespace, documents: readonly Uint8Array[]): Promise<void> {
    const checksum = this.#checksumOf(namespace);
    const pieces: Uint8Array[] = [];
    if (this.#current !== nameOf(namespace)) {
      pieces.push(...this.#endBlock(), segment(namespace, false, 0n));
      this.#current = nameOf(namespace);
    }
    for (const document of documents) {
      checksum.update(document);
      pieces.push(document);
    }
    await this.#write(Buffer.concat(pieces));
  }

  /** No more documents of this collection. */
  async end(namespace: Namespace): Promise<void> {
    const checksum = this.#checksumOf(namespace);
    const pieces = [...this.#endBlock(), segment(namespace, true, checksum.digest()), TERMINATOR_BYTES];
    this.#current = undefined;
    await this.#write(Buffer.concat(pieces));
  }

  #endBlock(): Uint8Array[] {
    return this.#current === undefined ? [] : [TERMINATOR_BYTES];
  }

  #checksumOf(namespace: Namespace): Crc64 {
    const checksum = this.#checksums.get(nameOf(namespace));
    if (checksum === undefined) throw new Error(`${nameOf(namespace)} is not in the prelude`);
    return checksum;
  }
}

const TERMINATOR_BYTES = Buffer.alloc(4);
TERMINATOR_BYTES.writeUInt32LE(TERMINATOR);

function segment({ database, collection }: Namespace, isEnd: boolean, crc: bigint): Uint8Array {
  return serialize({ db: database, collection, EOF: isEnd, CRC: Long.fromBigInt(crc) });
}
