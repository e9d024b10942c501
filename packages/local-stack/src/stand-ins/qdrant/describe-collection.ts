import type { Collection } from './collection.ts';

/** A collection's description as Qdrant gives it; sizes of its machinery are those of a fresh one-node server. Pure. */
export function describeCollection(collection: Collection): unknown {
  const { config } = collection;
  const sparseSeen = Array.from(collection.sparse.values(), statistics => statistics.seen);
  const indexes = Array.from(collection.indexes.values());
  return {
    status: 'green',
    optimizer_status: 'ok',
    // Sparse vectors are always indexed, dense ones not below the indexing threshold.
    indexed_vectors_count: sparseSeen.reduce((sum, seen) => sum + seen, 0),
    points_count: collection.size,
    segments_count: 2,
    config: {
      params: {
        vectors: config.vectors ?? {},
        shard_number: 1,
        replication_factor: 1,
        write_consistency_factor: 1,
        on_disk_payload: true,
        ...(config.sparse_vectors ? { sparse_vectors: config.sparse_vectors } : {}),
      },
      hnsw_config: { m: 16, ef_construct: 100, full_scan_threshold: 10_000, max_indexing_threads: 0, on_disk: false },
      optimizer_config: {
        deleted_threshold: 0.2,
        vacuum_min_vector_number: 1000,
        default_segment_number: 0,
        max_segment_size: null,
        memmap_threshold: null,
        indexing_threshold: 10_000,
        flush_interval_sec: 5,
        max_optimization_threads: null,
        prevent_unoptimized: null,
      },
      wal_config: { wal_capacity_mb: 32, wal_segments_ahead: 0, wal_retain_closed: 1 },
      quantization_config: null,
      ...(config.strict_mode_config ? { strict_mode_config: config.strict_mode_config } : {}),
    },
    payload_schema: Object.fromEntries(
      indexes.map(index => [
        index.field,
        { data_type: index.type, ...paramsOf(index.schema), points: index.pointsCount },
      ]),
    ),
    update_queue: { length: 0 },
  };
}

const paramsOf = (schema: unknown): object => (typeof schema === 'string' ? {} : { params: schema });
