import type { Schemas } from '@qdrant/js-client-rest';
import { compileFilter, listOf, type Predicate, type TextIndexes } from './filter/compile-filter.ts';
import { demandIndexes } from './filter/demand-indexes.ts';
import { PayloadIndex } from './payload-index.ts';
import { comparePointIds, type PointId, type StoredPoint } from './point.ts';
import { SparseStatistics } from './sparse-statistics.ts';
import type { FieldSchema, Filter as WireFilter } from './wire.ts';

export type CollectionConfig = Schemas['CreateCollection'];
export type VectorParams = Schemas['VectorParams'];
type Filter = WireFilter | null | undefined;

/**
 * One collection in memory: the points by id, the payload indexes, the statistics of the sparse vectors. No I/O;
 * what changed since the last `takeChanges` is what storage has to write.
 */
export class Collection {
  readonly name: string;
  readonly config: CollectionConfig;
  readonly indexes = new Map<string, PayloadIndex>();
  readonly sparse = new Map<string, SparseStatistics>();
  readonly dense = new Map<string, VectorParams>();
  readonly #points = new Map<PointId, StoredPoint>();
  readonly #changed = new Set<PointId>();
  #nextOffset = 0;
  #operations = 0;
  #ordered: readonly StoredPoint[] | undefined;

  constructor(name: string, config: CollectionConfig) {
    this.name = name;
    this.config = config;
    for (const [vector, params] of namedVectors(config)) this.dense.set(vector, params);
    for (const vector of Object.keys(config.sparse_vectors ?? {})) this.sparse.set(vector, new SparseStatistics());
  }

  get size(): number {
    return this.#points.size;
  }

  /** Number of the last write. */
  get operations(): number {
    return this.#operations;
  }

  nextOperation(): number {
    this.#operations += 1;
    return this.#operations;
  }

  get(id: PointId): StoredPoint | undefined {
    return this.#points.get(id);
  }

  /** Inserts or replaces. A replaced point keeps its place. */
  put(point: Omit<StoredPoint, 'offset'>): void {
    const before = this.#points.get(point.id);
    const stored = { ...point, offset: before?.offset ?? this.#nextOffset };
    if (before === undefined) this.#nextOffset += 1;
    this.#points.set(point.id, stored);
    this.#changed.add(point.id);
    this.#ordered = undefined;
    for (const index of this.indexes.values()) {
      if (before !== undefined) index.remove(before);
      index.add(stored);
    }
    for (const [name, statistics] of this.sparse) {
      statistics.replace(before?.vectors.get(name), stored.vectors.get(name), before === undefined);
    }
  }

  remove(id: PointId): void {
    const before = this.#points.get(id);
    if (before === undefined) return;
    this.#points.delete(id);
    this.#changed.add(id);
    this.#ordered = undefined;
    for (const index of this.indexes.values()) index.remove(before);
  }

  createIndex(field: string, schema: FieldSchema): void {
    const index = new PayloadIndex(field, schema);
    for (const point of this.#points.values()) index.add(point);
    this.indexes.set(field, index);
  }

  /** @throws Refusal where strict mode wants an index that is not there. */
  demandIndexes(filter: Filter, purpose: 'retrieve' | 'update'): void {
    const strict = this.config.strict_mode_config;
    if (strict?.enabled === true && strict[`unindexed_filtering_${purpose}`] === false) {
      demandIndexes(filter, this.indexes);
    }
  }

  compile(filter: Filter): Predicate {
    return compileFilter(filter, this.#textIndexes());
  }

  /** Points that match, in no particular order. */
  matching(filter: Filter): StoredPoint[] {
    const holds = this.compile(filter);
    return Array.from(this.#candidates(filter) ?? this.#points.values()).filter(holds);
  }

  /** Points that match, in the order of their ids. */
  matchingInOrder(filter: Filter): StoredPoint[] {
    const candidates = this.#candidates(filter);
    if (candidates !== undefined) return Array.from(candidates).filter(this.compile(filter)).sort(byId);
    this.#ordered ??= Array.from(this.#points.values()).sort(byId);
    return this.#ordered.filter(this.compile(filter));
  }

  /** Ids written or removed since the last call. */
  takeChanges(): PointId[] {
    const changes = [...this.#changed];
    this.#changed.clear();
    return changes;
  }

  /** The smallest set that a required value of an indexed field leaves; undefined when no index narrows the search. */
  #candidates(filter: Filter): Iterable<StoredPoint> | undefined {
    let smallest: ReadonlySet<StoredPoint> | undefined;
    for (const condition of listOf(filter?.must)) {
      if (!('key' in condition) || !condition.match || !('value' in condition.match)) continue;
      // Beside a second test the match is only an alternative.
      if (Object.keys(condition).length > 2) continue;
      const points = this.indexes.get(condition.key)?.pointsWith(condition.match.value);
      if (points !== undefined && points.size < (smallest?.size ?? Number.POSITIVE_INFINITY)) smallest = points;
    }
    return smallest;
  }

  #textIndexes(): TextIndexes {
    return new Map(
      Array.from(this.indexes.values()).flatMap(({ field, tokeniser }) => (tokeniser ? [[field, tokeniser]] : [])),
    );
  }
}

const byId = (a: StoredPoint, b: StoredPoint): number => comparePointIds(a.id, b.id);

/** One unnamed vector or several named ones; the unnamed one has the empty name. */
function namedVectors({ vectors }: CollectionConfig): [string, VectorParams][] {
  if (vectors === undefined) return [];
  if (typeof vectors.size === 'number') return [['', vectors as VectorParams]];
  return Object.entries(vectors as Record<string, VectorParams>);
}
