import type { Schemas } from '@qdrant/js-client-rest';
import { murmur3 } from './murmur3.ts';
import type { SparseVector } from './point.ts';
import { notInStandIn, Refusal } from './refusal.ts';
import { tokenise } from './tokenise.ts';

/** Server-side inference: `{text, model: 'qdrant/bm25'}` to a sparse vector. Other models need a service. Pure. */
type Document = Schemas['Document'];

/** Term frequencies, damped by length against an assumed average: Qdrant keeps no average of its own. */
export function embedDocument(document: Document): SparseVector {
  const { k, b, averageLength } = weightsOf(document);
  const words = wordsOf(document);
  const frequencies = new Map<number, number>();
  for (const term of words.map(termOf)) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  const damping = k * (1 - b + (b * words.length) / averageLength);
  return toSparse([...frequencies].map(([term, count]) => [term, (count * (k + 1)) / (count + damping)]));
}

export function embedQuestion(document: Document): SparseVector {
  const terms = new Set(wordsOf(document).map(termOf));
  return toSparse([...terms].map(term => [term, 1]));
}

export function toSparse(entries: readonly (readonly [number, number])[]): SparseVector {
  const sorted = entries.toSorted(([a], [b]) => a - b);
  return {
    indices: Uint32Array.from(sorted, ([index]) => index),
    values: Float32Array.from(sorted, ([, value]) => value),
  };
}

/** The absolute value of the hash read as a signed number. */
function termOf(word: string): number {
  const hash = murmur3(word);
  return hash > 0x7fffffff ? 0x1_0000_0000 - hash : hash;
}

function weightsOf({ options }: Document): { k: number; b: number; averageLength: number } {
  const { k, b, avg_len: averageLength } = (options ?? {}) as Schemas['Bm25Config'];
  return { k: k ?? 1.2, b: b ?? 0.75, averageLength: averageLength ?? 256 };
}

function wordsOf({ text, model, options }: Document): string[] {
  if (model.toLowerCase() !== 'qdrant/bm25') {
    throw new Refusal(
      500,
      'Service internal error: InferenceService URL not configured - please provide valid address in config',
    );
  }
  const config = (options ?? {}) as Schemas['Bm25Config'];
  const plain = config.language === 'none' && config.stemmer === undefined && config.stopwords === undefined;
  if (!plain) throw notInStandIn('BM25 with stemming or stop words; say language: "none"');
  return tokenise(text, {
    tokeniser: config.tokenizer ?? 'word',
    lowercase: config.lowercase ?? true,
    asciiFolding: config.ascii_folding ?? false,
    minTokenLength: config.min_token_len ?? 0,
    maxTokenLength: config.max_token_len ?? Number.POSITIVE_INFINITY,
  });
}
