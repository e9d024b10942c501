import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK_WORDS, CHUNKS_MAX, chunkText, OVERLAP_WORDS } from './chunk.ts';

const words = (text: string): string[] => text.match(/\S+/gu) ?? [];

describe('chunkText', () => {
  it('leaves a short text whole', () => {
    expect(chunkText('One sentence. And another!')).toEqual(['One sentence. And another!']);
  });

  it('gives an empty text one empty chunk, so that its title is still found', () => {
    expect(chunkText('')).toEqual(['']);
  });

  it('loses no word of any text and keeps every chunk inside the window', () => {
    const text = fc
      .array(fc.stringMatching(/^[a-zé]{1,9}[.!?,\n]?$/u), { maxLength: 2_000 })
      .map(list => list.join(' '));
    fc.assert(
      fc.property(text, input => {
        const chunks = chunkText(input);
        expect(new Set(chunks.flatMap(words))).toEqual(new Set(words(input)));
        for (const chunk of chunks) expect(words(chunk).length).toBeLessThanOrEqual(CHUNK_WORDS + OVERLAP_WORDS);
      }),
      { numRuns: 60 },
    );
  });

  it('repeats the end of a chunk at the start of the next', () => {
    const sentences = Array.from({ length: 80 }, (_, index) => `Sentence number ${index} has exactly seven words.`);
    const [first = '', second = ''] = chunkText(sentences.join(' '));
    const lastSentence = first.match(/Sentence number \d+ has exactly seven words\.$/u)?.[0] ?? 'none';
    expect(second).toContain(lastSentence);
  });

  it('ends at a bound however long the text is', () => {
    expect(chunkText('word '.repeat(100_000))).toHaveLength(CHUNKS_MAX);
  });
});
