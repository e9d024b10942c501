import { BSON } from 'mongodb';

/** A BSON document looked into without decoding it: values stay the bytes they were stored as. Pure. */
export interface RawValue {
  readonly type: number;
  /** As encoded; of a document, the whole of it. */
  readonly bytes: Uint8Array;
}

const TYPE = { string: 2, document: 3, array: 4 } as const;

/**
 * The value of a field at the top; `undefined` when there is none. @throws BSONError for bytes that are no document.
 */
export function readField(document: Uint8Array, name: string): RawValue | undefined {
  for (const [type, nameOffset, nameLength, offset, length] of BSON.onDemand.parseToElements(document, 0)) {
    const found = BSON.ByteUtils.toUTF8(document, nameOffset, nameOffset + nameLength, false);
    if (found === name) return { type, bytes: document.subarray(offset, offset + length) };
  }
  return undefined;
}

export function readText(document: Uint8Array, name: string): string | undefined {
  const value = readField(document, name);
  if (value?.type !== TYPE.string) return undefined;
  return BSON.ByteUtils.toUTF8(value.bytes, 4, value.bytes.length - 1, false);
}

export function readDocument(document: Uint8Array, name: string): Uint8Array | undefined {
  const value = readField(document, name);
  return value?.type === TYPE.document ? value.bytes : undefined;
}

/** The documents of an array. */
export function readDocuments(document: Uint8Array, name: string): Uint8Array[] {
  const value = readField(document, name);
  if (value?.type !== TYPE.array) return [];
  const elements = Array.from(BSON.onDemand.parseToElements(value.bytes, 0));
  return elements.map(([, , , offset, length]) => value.bytes.subarray(offset, offset + length));
}

/** Name of the first field, which in a command is the command's. */
export function firstField(document: Uint8Array): string | undefined {
  for (const [, nameOffset, nameLength] of BSON.onDemand.parseToElements(document, 0)) {
    return BSON.ByteUtils.toUTF8(document, nameOffset, nameOffset + nameLength, false);
  }
  return undefined;
}

/** A document's `_id` as text, equal when type and bytes are. */
export function identityOf(document: Uint8Array): string {
  const id = readField(document, '_id');
  return id === undefined ? '' : `${id.type}:${Buffer.from(id.bytes).toString('base64')}`;
}
