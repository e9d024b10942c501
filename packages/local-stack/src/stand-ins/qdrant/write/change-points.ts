import type { Collection } from '../collection.ts';
import { type Payload, parsePointId, type StoredPoint } from '../point.ts';
import { badRequest, notFound, notInStandIn } from '../refusal.ts';
import type { DeletePayload, DeleteVectors, PointSelector, SetPayload, UpdateVectors } from '../wire.ts';
import { parseVectors } from './parse-vectors.ts';

/** Every write but the upsert: each changes points that exist, named by id or found by filter. */

export function deletePoints(collection: Collection, body: PointSelector): void {
  collection.nextOperation();
  if (!body.points) collection.demandIndexes(body.filter, 'update');
  const ids = body.points ? body.points.map(parsePointId) : collection.matching(body.filter).map(({ id }) => id);
  for (const id of ids) collection.remove(id);
}

export function setPayload(collection: Collection, body: SetPayload): void {
  if (body.key) throw notInStandIn('setting payload below a key');
  changePayload(collection, body, before => ({ ...before, ...body.payload }));
}

export function overwritePayload(collection: Collection, body: SetPayload): void {
  if (body.key) throw notInStandIn('overwriting payload below a key');
  changePayload(collection, body, () => body.payload);
}

export function deletePayload(collection: Collection, body: DeletePayload): void {
  const unwanted = new Set(body.keys);
  changePayload(collection, body, before =>
    Object.fromEntries(Object.entries(before).filter(([key]) => !unwanted.has(key))),
  );
}

export function clearPayload(collection: Collection, body: PointSelector): void {
  changePayload(collection, body, () => ({}));
}

export function updateVectors(collection: Collection, body: UpdateVectors): void {
  const changes = body.points.map(({ id, vector }) => ({
    point: existing(collection, id),
    vectors: parseVectors(vector, collection),
  }));
  const holds = collection.compile(body.update_filter);
  const version = collection.nextOperation();
  for (const { point, vectors } of changes) {
    if (holds(point)) collection.put({ ...point, vectors: new Map([...point.vectors, ...vectors]), version });
  }
}

export function deleteVectors(collection: Collection, body: DeleteVectors): void {
  const unwanted = new Set(body.vector);
  const points = select(collection, body);
  const version = collection.nextOperation();
  for (const point of points) {
    const vectors = new Map(Array.from(point.vectors).filter(([name]) => !unwanted.has(name)));
    collection.put({ ...point, vectors, version });
  }
}

function changePayload(collection: Collection, selector: PointSelector, change: (before: Payload) => Payload): void {
  const points = select(collection, selector);
  const version = collection.nextOperation();
  for (const point of points) collection.put({ ...point, payload: change(point.payload), version });
}

function select(collection: Collection, { points, filter }: PointSelector): StoredPoint[] {
  if (points) return points.map(id => existing(collection, id));
  if (filter) {
    collection.demandIndexes(filter, 'update');
    return collection.matching(filter);
  }
  throw badRequest('either a filter or points must be given');
}

function existing(collection: Collection, rawId: number | string): StoredPoint {
  const point = collection.get(parsePointId(rawId));
  if (point === undefined) throw notFound(`No point with id ${rawId} found`);
  return point;
}
