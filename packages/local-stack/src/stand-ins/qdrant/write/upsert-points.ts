import type { Schemas } from '@qdrant/js-client-rest';
import type { Collection } from '../collection.ts';
import { type NamedVectors, type Payload, type PointId, parsePointId } from '../point.ts';
import { badRequest, validationError } from '../refusal.ts';
import type { Upsert } from '../wire.ts';
import { parseVectors } from './parse-vectors.ts';

interface PointToWrite {
  readonly id: PointId;
  readonly payload: Payload;
  readonly vectors: NamedVectors;
}

/**
 * Inserts or replaces whole points. Every point is checked before the first is written. `update_filter` guards points
 * that exist; a missing one is inserted whatever the filter says, unless the mode forbids it.
 */
export function upsertPoints(collection: Collection, body: Upsert): void {
  const points =
    'batch' in body ? readBatch(body.batch, collection) : body.points.map(point => readPoint(point, collection));
  if (points.length === 0) throw badRequest('Empty update request');
  const holds = collection.compile(body.update_filter);
  const version = collection.nextOperation();
  for (const point of points) {
    const before = collection.get(point.id);
    const allowed =
      before === undefined ? body.update_mode !== 'update_only' : body.update_mode !== 'insert_only' && holds(before);
    if (allowed) collection.put({ ...point, version });
  }
}

const readPoint = ({ id, payload, vector }: Schemas['PointStruct'], collection: Collection): PointToWrite => ({
  id: parsePointId(id),
  payload: payload ?? {},
  vectors: parseVectors(vector, collection),
});

/** The same points column by column. */
function readBatch({ ids, vectors, payloads }: Schemas['Batch'], collection: Collection): PointToWrite[] {
  const columns = Array.isArray(vectors) ? { '': vectors } : (vectors as Record<string, unknown[]>);
  const lengths = [...Object.values(columns).map(column => column.length), payloads?.length ?? ids.length];
  if (lengths.some(length => length !== ids.length)) {
    throw validationError(`batch: number of ids and of vectors or payloads must be equal`);
  }
  return ids.map((id, at) => {
    const named = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[at]]));
    const vector = (Array.isArray(vectors) ? vectors[at] : named) as Schemas['VectorStruct'];
    return readPoint({ id, payload: payloads?.[at] ?? {}, vector }, collection);
  });
}
