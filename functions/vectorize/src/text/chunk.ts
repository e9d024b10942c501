/**
 * Cuts a text into chunks that an embedding model reads whole, on sentence or line ends where there are any, with the
 * end of one repeated at the start of the next so that a sentence pair is never torn apart. Pure.
 */
export const CHUNK_WORDS = 300; // ~400 tokens, inside every model's window, small enough to be quoted from
export const OVERLAP_WORDS = 40; // 13 %
export const CHUNKS_MAX = 200; // 60,000 words of one document; what is beyond is not searchable

export function chunkText(text: string): string[] {
  const pieces = splitPieces(text);
  const chunks: string[] = [];
  let current: string[] = [];
  let words = 0;
  for (const piece of pieces) {
    const length = countWords(piece);
    if (words > 0 && words + length > CHUNK_WORDS) {
      chunks.push(current.join('').trim());
      current = overlapOf(current);
      words = countWords(current.join(''));
    }
    current.push(piece);
    words += length;
  }
  chunks.push(current.join('').trim());
  return chunks.filter((chunk, index) => chunk !== '' || index === 0).slice(0, CHUNKS_MAX);
}

const countWords = (text: string): number => text.match(/\S+/gu)?.length ?? 0;

/** Sentences and lines with their ends; a sentence longer than half a chunk is cut between words. */
function splitPieces(text: string): string[] {
  const sentences = text.match(/[^.!?…\n]+(?:[.!?…]+(?=\s|$)|[.!?…]+|\n+)?\s*|[.!?…\n]+/gu) ?? [text];
  return sentences.flatMap(sentence => {
    const words = sentence.match(/\S+\s*/gu) ?? [sentence];
    if (words.length <= CHUNK_WORDS / 2) return [sentence];
    const parts: string[] = [];
    for (let start = 0; start < words.length; start += CHUNK_WORDS / 2) {
      parts.push(words.slice(start, start + CHUNK_WORDS / 2).join(''));
    }
    return parts;
  });
}

function overlapOf(pieces: readonly string[]): string[] {
  const tail: string[] = [];
  let words = 0;
  for (const piece of pieces.toReversed()) {
    words += countWords(piece);
    if (words > OVERLAP_WORDS) break;
    tail.unshift(piece);
  }
  return tail;
}
