import type { DurabilityError, OverflowStore } from '../../ports/delivery-queue.ts';
import { err, ok, type Result } from '../../result/result.ts';

/** Large bodies in an R2 bucket, which is strongly consistent: what was put can be read at once. I/O: the bucket. */
export function overflowBucket(bucket: Pick<R2Bucket, 'put' | 'get' | 'delete' | 'list'>): OverflowStore {
  return {
    put: (key, text) =>
      attempt('put', async () => {
        await bucket.put(key, text, { httpMetadata: { contentType: 'application/json' } });
      }),
    get: key =>
      attempt('get', async () => {
        const object = await bucket.get(key);
        return object === null ? undefined : await object.text();
      }),
    delete: key => attempt('delete', () => bucket.delete(key)),
    list: (prefix, { max, cursor }) =>
      attempt('list', async () => {
        const listed = await bucket.list({ prefix, limit: max, ...(cursor === undefined ? {} : { cursor }) });
        const keys = listed.objects.map(object => object.key);
        return listed.truncated ? { keys, cursor: listed.cursor } : { keys };
      }),
  };
}

async function attempt<T>(operation: string, run: () => Promise<T>): Promise<Result<T, DurabilityError>> {
  try {
    return ok(await run());
  } catch {
    return err({ kind: 'unavailable', detail: `the overflow bucket failed at ${operation}` });
  }
}
