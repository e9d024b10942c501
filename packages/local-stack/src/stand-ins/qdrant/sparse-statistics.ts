import { isSparse, type StoredVector } from './point.ts';

/**
 * How many points have which term, for the idf modifier. Like a real segment it still counts points that were deleted,
 * until the segment is rebuilt: here at the next start.
 */
export class SparseStatistics {
  readonly #points = new Map<number, number>();
  #seen = 0;

  /** Points ever inserted. */
  get seen(): number {
    return this.#seen;
  }

  replace(before: StoredVector | undefined, after: StoredVector | undefined, inserted: boolean): void {
    if (inserted) this.#seen += 1;
    this.#add(before, -1);
    this.#add(after, 1);
  }

  /** Inverse document frequency of a term. */
  idf(term: number): number {
    const points = this.#points.get(term) ?? 0;
    return Math.log((this.#seen - points + 0.5) / (points + 0.5) + 1);
  }

  #add(vector: StoredVector | undefined, by: number): void {
    if (vector === undefined || !isSparse(vector)) return;
    for (const term of vector.indices) this.#points.set(term, (this.#points.get(term) ?? 0) + by);
  }
}
