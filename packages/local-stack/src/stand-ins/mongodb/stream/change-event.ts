import {
  appendElement,
  type BsonDocument,
  type BsonValue,
  decodeDocument,
  encodeDocument,
} from '../bson/bson-document.ts';
import { toTimestamp } from '../store/cluster-time.ts';
import type { OplogEntry } from '../store/oplog.ts';
import { CommandError } from '../wire/command-error.ts';
import type { ChangeStreamOptions } from './change-stream-options.ts';
import { type TokenData, tokenDocument } from './resume-token.ts';

/**
 * A change event whose documents stay encoded until someone looks into them: most are sent on as the bytes that were
 * stored.
 */
export class ChangeEvent {
  readonly #head: BsonDocument;
  readonly #documents: ReadonlyMap<string, Uint8Array>;

  constructor(head: BsonDocument, documents: ReadonlyMap<string, Uint8Array>) {
    this.#head = head;
    this.#documents = documents;
  }

  /** For a filter that looks only at these fields. */
  read(fields: ReadonlySet<string>): BsonDocument {
    const seen: BsonDocument = new Map(this.#head);
    for (const [name, bytes] of this.#documents) if (fields.has(name)) seen.set(name, decodeDocument(bytes));
    return seen;
  }

  decode(): BsonDocument {
    return this.read(new Set(this.#documents.keys()));
  }

  encode(): Buffer {
    let bytes = encodeDocument(this.#head);
    for (const [name, document] of this.#documents) bytes = appendElement(bytes, 3, name, document);
    return bytes;
  }
}

export interface EventSources {
  /** The document as it is now, by the identity of its collection. */
  readonly lookUp: (entry: OplogEntry) => Uint8Array | undefined;
}

/** The event of an entry; `undefined` for entries that are none. @throws CommandError where a demanded image is missing. */
export function buildEvent(
  entry: OplogEntry,
  token: TokenData,
  options: ChangeStreamOptions,
  { lookUp }: EventSources,
): ChangeEvent | undefined {
  if (entry.kind === 'noop') return undefined;
  const head = headOf(entry, entry.kind, token);
  if (entry.kind === 'drop' || entry.kind === 'dropDatabase') return new ChangeEvent(head, new Map());
  const description = decodeDocument(entry.description);
  if (entry.kind === 'rename') {
    head.set('to', description);
    return new ChangeEvent(head, new Map());
  }
  head.set('documentKey', decodeDocument(entry.documentKey));
  if (entry.kind === 'update') head.set('updateDescription', description);
  const documents = new Map<string, Uint8Array>();
  addFullDocument(entry, options, head, documents, lookUp);
  if (entry.kind !== 'insert' && options.fullDocumentBeforeChange !== 'off') {
    setImage('fullDocumentBeforeChange', entry.before, options.fullDocumentBeforeChange, head, documents);
  }
  return new ChangeEvent(head, documents);
}

export function buildInvalidate(entry: OplogEntry, token: TokenData): ChangeEvent {
  const head = headOf(entry, 'invalidate', token);
  head.delete('ns');
  return new ChangeEvent(head, new Map());
}

function headOf(entry: OplogEntry, operationType: string, token: TokenData): BsonDocument {
  const namespace: BsonDocument = new Map([['db', entry.db]]);
  if (entry.kind !== 'dropDatabase') namespace.set('coll', entry.collection);
  return new Map<string, BsonValue>([
    ['_id', tokenDocument(token)],
    ['operationType', operationType],
    ['clusterTime', toTimestamp(entry.time)],
    ['wallTime', new Date(entry.wallMs)],
    ['ns', namespace],
  ]);
}

function addFullDocument(
  entry: OplogEntry,
  { fullDocument: mode }: ChangeStreamOptions,
  head: BsonDocument,
  documents: Map<string, Uint8Array>,
  lookUp: EventSources['lookUp'],
): void {
  if (entry.kind === 'insert' || entry.kind === 'replace') {
    setImage('fullDocument', entry.document, 'required', head, documents);
  } else if (entry.kind === 'update' && mode === 'updateLookup') {
    setImage('fullDocument', lookUp(entry), 'whenAvailable', head, documents);
  } else if (entry.kind === 'update' && (mode === 'whenAvailable' || mode === 'required')) {
    setImage('fullDocument', entry.document, mode, head, documents);
  }
}

function setImage(
  name: 'fullDocument' | 'fullDocumentBeforeChange',
  image: Uint8Array | undefined,
  mode: 'whenAvailable' | 'required',
  head: BsonDocument,
  documents: Map<string, Uint8Array>,
): void {
  if (image !== undefined) documents.set(name, image);
  else if (mode === 'whenAvailable') head.set(name, null);
  else {
    throw new CommandError(47, `Change stream was configured to require a ${name} image, but it is not available`, {
      codeName: 'NoMatchingDocument',
      labels: ['NonResumableChangeStreamError'],
    });
  }
}
