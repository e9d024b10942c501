import { describe, expect, test } from 'vitest';
import { type Bucket, r2Objects } from './r2-objects.ts';

const NAME = '0a'.repeat(32);
const pack = { type: 'data', name: NAME } as const;

/** A bucket that answers everything with this error. */
function failingWith(message: string): { bucket: Bucket; told: string[] } {
  const fail = (): Promise<never> => Promise.reject(new Error(message));
  return { bucket: { head: fail, get: fail, put: fail, list: fail, delete: fail }, told: [] };
}

describe("R2's errors", () => {
  test.each([
    ['put: The SHA-256 checksum you specified did not match what we received. (10037)', 'hash_differs'],
    ['put: We encountered an internal error. Please try again. (10001)', 'unavailable'],
    ['Network connection lost.', 'unavailable'],
    ['a digest of 64 bytes (10037) is what I write before something else (10001)', 'unavailable'],
  ])('%s', async (message, error) => {
    const { bucket, told } = failingWith(message);
    const objects = r2Objects(bucket, operation => told.push(operation));
    expect(await objects.store('company', pack, new Uint8Array(1))).toEqual({ ok: false, error });
    expect(told).toEqual(error === 'unavailable' ? ['put'] : []);
  });

  test('a lock of the bucket means that the object stands there, and that it stays', async () => {
    const { bucket, told } = failingWith('The object is locked by the bucket policy. (10069)');
    const objects = r2Objects(bucket, operation => told.push(operation));
    expect(await objects.store('company', pack, new Uint8Array(1))).toEqual({ ok: true, value: 'exists' });
    expect(await objects.delete('company', pack)).toEqual({ ok: false, error: 'locked' });
    expect(told).toEqual([]);
  });
});

test("what is not of restic's layout is not listed", async () => {
  const keys = [
    `company/data/0a/${NAME}`,
    `company/data/${NAME}`,
    `company/data/0b/${NAME}`,
    'company/data/0a/',
    `company/data/0a/${NAME}.part`,
  ];
  const { bucket } = failingWith('not asked');
  const list: Bucket['list'] = () =>
    Promise.resolve({ objects: keys.map(key => ({ key, size: 1 })), truncated: true, cursor: 'next' });
  const page = await r2Objects({ ...bucket, list }, () => undefined).list('company', 'data');
  expect(page).toEqual({ ok: true, value: { objects: [{ name: NAME, bytes: 1 }], cursor: 'next' } });
});
