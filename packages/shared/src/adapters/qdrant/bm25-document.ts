import type { Schemas } from '@qdrant/js-client-rest';

/**
 * Options of Qdrant's own BM25, the same for writing and asking. Guests write in any language, so no stemming and no
 * stop words; folding makes "Muller" find "Müller".
 */
const BM25_OPTIONS = { tokenizer: 'multilingual', language: 'none', ascii_folding: true } as const;

/** A text for the server to turn into a sparse vector. */
export const bm25Document = (text: string): Schemas['Document'] => ({
  text,
  model: 'qdrant/bm25',
  options: { ...BM25_OPTIONS },
});
