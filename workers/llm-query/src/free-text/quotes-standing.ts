import { ok, type Result } from '@innkeeper/shared/result/result';
import type { RecordReader } from '../retrieve/read-records.ts';
import type { RetrievalError } from '../retrieve/retrieval-error.ts';
import { readChatAgain } from '../retrieve/search-evidence.ts';
import type { Extract } from './extract.ts';
import { quotableText } from './passage.ts';
import { inert } from './prompt.ts';
import { normaliseSpace } from './words.ts';

/**
 * Quotes of the chat that still stand there, read again after they were chosen: while a model thinks, a colleague may
 * delete or correct what they wrote. Other quotes pass. I/O: one read where chat is quoted.
 */
export async function quotesStanding(
  quotes: readonly Extract[],
  rooms: ReadonlySet<string>,
  reader: RecordReader,
): Promise<Result<readonly Extract[], RetrievalError>> {
  const points = quotes.flatMap(({ passage: { key, roomId } }) =>
    roomId === undefined ? [] : [{ docKey: key, roomId }],
  );
  if (points.length === 0) return ok(quotes);
  const read = await readChatAgain(points, rooms, reader);
  if (!read.ok) return read;
  return ok(
    quotes.filter(({ passage, quote }) => {
      if (passage.roomId === undefined) return true;
      const text = read.value.get(passage.key)?.message.text;
      return text !== undefined && comparable(quotableText(text)).includes(comparable(quote));
    }),
  );
}

/** A quote was taken from the text as the prompt had it. */
const comparable = (text: string): string => inert(normaliseSpace(text));
