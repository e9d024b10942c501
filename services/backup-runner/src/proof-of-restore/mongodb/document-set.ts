import { createHash } from 'node:crypto';

/** SHA-256 of a document's bytes. */
export const hashOf = (document: Uint8Array): Buffer => createHash('sha256').update(document).digest();

/**
 * Any number of documents as one count and one digest, whatever their order: the sums of the four quarters of their
 * hashes. Two sets that differ in a document have the same sums only by a chance of 1 to 2^256.
 */
export class DocumentSet {
  #count = 0;
  readonly #sums = new BigUint64Array(4);

  add(document: Uint8Array): void {
    const hash = hashOf(document);
    this.#count += 1;
    for (const quarter of this.#sums.keys()) {
      this.#sums[quarter] = (this.#sums[quarter] ?? 0n) + hash.readBigUInt64BE(quarter * 8); // Wraps at 64 bits.
    }
  }

  get count(): number {
    return this.#count;
  }

  get digest(): string {
    return Array.from(this.#sums, sum => sum.toString(16).padStart(16, '0')).join('');
  }
}
