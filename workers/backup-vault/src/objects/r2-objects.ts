import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { isObjectName } from '../route.ts';
import { type ObjectPage, objectKey, type StoreFailure, type VaultObjects } from './vault-objects.ts';

/** The part of an R2 binding that is used here. */
export interface Bucket {
  head(key: string): Promise<{ size: number; uploaded: Date; checksums: { toJSON(): { sha256?: string } } } | null>;
  get(
    key: string,
    options?: { range?: { offset: number; length?: number } | { suffix: number } },
  ): Promise<{ size: number; body: ReadableStream } | null>;
  put(
    key: string,
    body: ReadableStream | Uint8Array,
    options: { sha256?: string; onlyIf: { etagDoesNotMatch: string } },
  ): Promise<object | null>;
  list(options: {
    prefix: string;
    cursor?: string;
  }): Promise<
    { objects: { key: string; size: number }[] } & ({ truncated: true; cursor: string } | { truncated: false })
  >;
  delete(key: string): Promise<void>;
}

/** Codes of R2's errors, as its Workers API puts them in the message's last brackets. */
const BAD_DIGEST = 10_037;
const LOCKED_BY_BUCKET_POLICY = 10_069;

/** An R2 bucket. `onFailure` learns what R2 said, which never holds contents. I/O: the bucket. */
export function r2Objects(bucket: Bucket, onFailure: (operation: string, message: string) => void): VaultObjects {
  const attempt = async <T>(operation: string, run: () => Promise<T>): Promise<Result<T, R2Failure>> => {
    try {
      return ok(await run());
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'unavailable') onFailure(operation, messageOf(error));
      return err(failure);
    }
  };
  return {
    async stat(repository, object) {
      const found = await attempt('head', () => bucket.head(objectKey(repository, object)));
      if (!found.ok) return err(storeFailure(found.error));
      if (found.value === null) return ok(undefined);
      const { size, uploaded, checksums } = found.value;
      const isVerified = object.type !== 'config' && checksums.toJSON().sha256 === object.name;
      return ok({ bytes: size, uploadedAt: uploaded, isVerified });
    },
    async read(repository, object, range) {
      const found = await attempt('get', () => bucket.get(objectKey(repository, object), range && { range }));
      if (!found.ok) return err(storeFailure(found.error));
      return ok(found.value === null ? undefined : { bytes: found.value.size, body: found.value.body });
    },
    async store(repository, object, body) {
      const stored = await attempt('put', () =>
        bucket.put(objectKey(repository, object), body, {
          ...(object.type === 'config' ? {} : { sha256: object.name }),
          onlyIf: { etagDoesNotMatch: '*' },
        }),
      );
      // A lock of the bucket answers before the condition is looked at, and only where something stands already.
      if (!stored.ok) return stored.error === 'locked' ? ok('exists') : err(stored.error);
      return ok(stored.value === null ? 'exists' : 'stored');
    },
    async list(repository, type, cursor) {
      const prefix = `${repository}/${type}/`;
      const page = await attempt('list', () => bucket.list({ prefix, ...(cursor === undefined ? {} : { cursor }) }));
      if (!page.ok) return err(storeFailure(page.error));
      const objects: ObjectPage['objects'][number][] = [];
      for (const { key, size } of page.value.objects) {
        const name = key.slice(key.lastIndexOf('/') + 1);
        // Whatever else somebody left in the bucket is none of restic's.
        if (isObjectName(name) && objectKey(repository, { type, name }) === key) objects.push({ name, bytes: size });
      }
      return ok({ objects, cursor: page.value.truncated ? page.value.cursor : undefined });
    },
    async delete(repository, object) {
      const deleted = await attempt('delete', () => bucket.delete(objectKey(repository, object)));
      return deleted.ok ? ok(undefined) : err(storeFailure(deleted.error));
    },
  };
}

type R2Failure = StoreFailure | 'hash_differs';

function failureOf(error: unknown): R2Failure {
  const code = Number(/\((\d{5})\)[^()]*$/u.exec(messageOf(error))?.[1]);
  if (code === BAD_DIGEST) return 'hash_differs';
  return code === LOCKED_BY_BUCKET_POLICY ? 'locked' : 'unavailable';
}

/** For operations that bring no content. */
const storeFailure = (failure: R2Failure): StoreFailure => (failure === 'locked' ? 'locked' : 'unavailable');

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
