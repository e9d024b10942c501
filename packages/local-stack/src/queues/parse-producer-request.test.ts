import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProducerRequest } from './parse-producer-request.ts';

const request = (path: string, body: Buffer, headers: Record<string, string> = {}) =>
  parseProducerRequest({ path, header: name => headers[name], queue: 'jobs', deliveryDelaySeconds: 5, body });

const send = (bytes: number, headers: Record<string, string> = {}) =>
  request('/message', Buffer.alloc(bytes), { 'x-msg-fmt': 'bytes', ...headers });

const sendBatch = (sizes: readonly number[], extra: Record<string, unknown> = {}) => {
  const messages = sizes.map(size => ({ contentType: 'bytes', body: Buffer.alloc(size).toString('base64'), ...extra }));
  return request('/batch', Buffer.from(JSON.stringify({ messages })));
};

describe('what a producer may send', () => {
  test('a message of 128 KB is taken and one byte more is refused', () => {
    expect(send(128_000).ok).toBe(true);
    expect(send(128_001)).toEqual({ ok: false, error: 'message_too_large' });
    expect(sendBatch([1, 128_001])).toEqual({ ok: false, error: 'message_too_large' });
  });

  test('a batch of 100 messages is taken and one more is refused', () => {
    expect(sendBatch(Array<number>(100).fill(1)).ok).toBe(true);
    expect(sendBatch(Array<number>(101).fill(1))).toEqual({ ok: false, error: 'batch_too_large' });
  });

  test('a batch of 256 KB in all is taken and one byte more is refused', () => {
    expect(sendBatch([128_000, 128_000]).ok).toBe(true);
    expect(sendBatch([128_000, 128_000, 1])).toEqual({ ok: false, error: 'batch_too_large' });
  });

  test('a delay of 24 hours is taken and one second more is refused', () => {
    expect(send(1, { 'x-msg-delay-secs': '86400' }).ok).toBe(true);
    expect(send(1, { 'x-msg-delay-secs': '86401' })).toEqual({ ok: false, error: 'malformed' });
  });

  test("the queue's own delay holds for what names none, and only for that", () => {
    const delays = (result: ReturnType<typeof request>) =>
      result.ok && result.value.map(message => message.delaySeconds);
    expect(delays(send(1))).toEqual([5]);
    expect(delays(send(1, { 'x-msg-delay-secs': '0' }))).toEqual([0]);
    expect(delays(sendBatch([1, 1], { delaySecs: 9 }))).toEqual([9, 9]);
    expect(delays(sendBatch([1]))).toEqual([5]);
  });

  test('bodies arrive byte for byte, alone and in a batch', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        const one = request('/message', Buffer.from(bytes), { 'x-msg-fmt': 'bytes' });
        const messages = [{ contentType: 'bytes', body: Buffer.from(bytes).toString('base64') }];
        const batch = request('/batch', Buffer.from(JSON.stringify({ messages })));
        for (const result of [one, batch]) {
          expect(result.ok && [...(result.value[0]?.body ?? [])]).toEqual([...bytes]);
        }
      }),
    );
  });

  test('whatever else arrives is refused, never thrown', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('/message', '/batch', '/', '/else'),
        fc.string(),
        fc.string(),
        (path, body, format) => {
          const result = request(path, Buffer.from(body), { 'x-msg-fmt': format });
          expect(result).toEqual({ ok: false, error: 'malformed' });
        },
      ),
    );
  });
});
