import { type BsonDocument, type BsonValue, encodeDocument } from '../bson/bson-document.ts';
import { CommandError } from '../wire/command-error.ts';

/** An event of the largest document's size and more cannot be sent whole. */
export const EVENT_BYTES_MAX = 16 * 1024 * 1024;

/**
 * The parts of an event for `$changeStreamSplitLargeEvent`: whole top-level fields, as many as fit, each part with
 * `splitEvent: {fragment, of}`. Their `_id` is left to the caller. Pure.
 * @throws CommandError where a single field is too large.
 */
export function splitEvent(event: BsonDocument, bytesMax: number): BsonDocument[] {
  const parts: BsonDocument[] = [];
  let part: BsonDocument = new Map();
  let bytes = OVERHEAD_BYTES;
  for (const [name, value] of event) {
    if (name === '_id') continue;
    const size = encodedSize(name, value);
    if (size + OVERHEAD_BYTES > bytesMax) throw tooLarge(size);
    if (bytes + size > bytesMax && part.size > 0) {
      parts.push(part);
      part = new Map();
      bytes = OVERHEAD_BYTES;
    }
    part.set(name, value);
    bytes += size;
  }
  parts.push(part);
  return parts.map((fields, index) => {
    const position: BsonDocument = new Map([
      ['fragment', index + 1],
      ['of', parts.length],
    ]);
    return new Map<string, BsonValue>([...fields, ['splitEvent', position]]);
  });
}

/** For the token and `splitEvent`. */
const OVERHEAD_BYTES = 512;

function encodedSize(name: string, value: BsonValue): number {
  return encodeDocument(new Map([[name, value]])).length;
}

export function tooLarge(bytes: number): CommandError {
  return new CommandError(
    10_334,
    `Executor error during getMore :: caused by :: BSONObj size: ${bytes} is invalid. Size must be between 0 and ${EVENT_BYTES_MAX}`,
  );
}
