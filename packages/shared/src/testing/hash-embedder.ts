/**
 * A deterministic embedder without a model: every word adds to a few positions chosen by its hash, so texts that share
 * words are near each other and equal texts are equal. In memory, no I/O.
 */
import type { Embedder, EmbedderError } from '../ports/embedder.ts';
import { err, ok } from '../result/result.ts';

export interface HashEmbedder extends Embedder {
  /** Every later call fails with this; `undefined` ends it. */
  failWith(error: EmbedderError | undefined): void;
  /** Texts per call so far, in order. */
  readonly calls: readonly (readonly string[])[];
}

export function hashEmbedder(dimensions = 64): HashEmbedder {
  const calls: (readonly string[])[] = [];
  let failure: EmbedderError | undefined;
  return {
    model: `hash-${dimensions}`,
    dimensions,
    calls,
    failWith(error) {
      failure = error;
    },
    embed(texts) {
      calls.push([...texts]);
      return Promise.resolve(
        failure === undefined ? ok(texts.map(text => hashVector(text, dimensions))) : err(failure),
      );
    },
  };
}

/** A unit vector of `dimensions` numbers. */
export function hashVector(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0);
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [''];
  for (const word of words) {
    const hash = fnv1a(word);
    for (const shift of [0, 8, 16]) {
      const position = (hash >>> shift) % dimensions;
      vector[position] = (vector[position] ?? 0) + 1;
    }
  }
  const length = Math.hypot(...vector);
  return vector.map(value => value / length);
}

function fnv1a(word: string): number {
  let hash = 0x811c9dc5; // offset basis and prime of 32-bit FNV-1a
  for (const byte of new TextEncoder().encode(word)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
