import type { Result } from '@innkeeper/shared/result/result';
import type { ObjectId, ObjectType } from '../route.ts';
import type { ByteRange } from './byte-range.ts';

/** The objects of all repositories. Bodies are streams: a pack never lies in memory. */
export interface VaultObjects {
  stat(repository: string, object: ObjectId): Promise<Result<StoredObject | undefined, StoreFailure>>;
  /** Fails as the store does where a range begins behind the end. */
  read(
    repository: string,
    object: ObjectId,
    range: ByteRange | undefined,
  ): Promise<Result<ObjectContent | undefined, StoreFailure>>;
  /** Stores what is not there yet; the store itself compares the content with the name, except for `config`. */
  store(
    repository: string,
    object: ObjectId,
    body: ReadableStream | Uint8Array,
  ): Promise<Result<'stored' | 'exists', 'unavailable' | 'hash_differs'>>;
  /** One page of at most 1,000, in the order of names. */
  list(repository: string, type: ObjectType, cursor?: string): Promise<Result<ObjectPage, StoreFailure>>;
  delete(repository: string, object: ObjectId): Promise<Result<void, StoreFailure>>;
}

/** `locked`: a lock of the bucket itself forbids it, whatever the vault would allow. */
export type StoreFailure = 'unavailable' | 'locked';

export interface StoredObject {
  readonly bytes: number;
  readonly uploadedAt: Date;
  /** Whether the store compared the content with the name when it took it. */
  readonly isVerified: boolean;
}

export interface ObjectContent {
  /** Of the whole object, not of the range. */
  readonly bytes: number;
  readonly body: ReadableStream;
}

export interface ObjectPage {
  readonly objects: readonly { readonly name: string; readonly bytes: number }[];
  readonly cursor: string | undefined;
}

/** restic's own layout in a bucket, so that its `s3:` backend reads the same repository without the vault. */
export function objectKey(repository: string, object: ObjectId): string {
  if (object.type === 'config') return `${repository}/config`;
  const folder = object.type === 'data' ? `data/${object.name.slice(0, 2)}` : object.type;
  return `${repository}/${folder}/${object.name}`;
}
