import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type ByteRange, parseRange, resolveRange } from '../objects/byte-range.ts';
import type { VaultObjects } from '../objects/vault-objects.ts';
import { type Refusal, refusalOf } from '../refusal.ts';
import type { ObjectId } from '../route.ts';

interface Ports {
  readonly objects: VaultObjects;
}

const BINARY = { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' };

/** 200 with the length and no body. */
export async function statObject(
  { objects }: Ports,
  repository: string,
  object: ObjectId,
): Promise<Result<Response, Refusal>> {
  const found = await objects.stat(repository, object);
  if (!found.ok) return err(refusalOf(found.error));
  if (found.value === undefined) return err('object_missing');
  return ok(new Response(null, { headers: { ...BINARY, 'content-length': String(found.value.bytes) } }));
}

/** 200 with everything, or 206 with the range that was asked for; streamed from the bucket. */
export async function readObject(
  { objects }: Ports,
  repository: string,
  object: ObjectId,
  rangeHeader: string | null,
): Promise<Result<Response, Refusal>> {
  const range = parseRange(rangeHeader);
  const found = await objects.read(repository, object, range);
  if (!found.ok) {
    const hasBytes = range === undefined || (await mayHaveBytes(objects, repository, object, range));
    return err(hasBytes ? refusalOf(found.error) : 'range_unsatisfiable');
  }
  if (found.value === undefined) return err('object_missing');
  const { bytes, body } = found.value;
  if (range === undefined) {
    return ok(new Response(body, { headers: { ...BINARY, 'content-length': String(bytes) } }));
  }
  const resolved = resolveRange(range, bytes);
  if (resolved === undefined) return err('range_unsatisfiable');
  const { first, last } = resolved;
  return ok(
    new Response(body, {
      status: 206,
      headers: {
        ...BINARY,
        'content-length': String(last - first + 1),
        'content-range': `bytes ${first}-${last}/${bytes}`,
      },
    }),
  );
}

/** R2 refuses a range behind the end with an error that it does not document; the length tells. */
async function mayHaveBytes(
  objects: VaultObjects,
  repository: string,
  object: ObjectId,
  range: ByteRange,
): Promise<boolean> {
  const found = await objects.stat(repository, object);
  return !found.ok || found.value === undefined || resolveRange(range, found.value.bytes) !== undefined;
}
