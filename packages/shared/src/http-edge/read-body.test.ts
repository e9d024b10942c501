import { afterEach, describe, expect, test, vi } from 'vitest';
import { readBody } from './read-body.ts';

const limits = { bodyBytesMax: 10, bodyTimeoutMs: 15_000 };

function post(body: string | ReadableStream<Uint8Array>, headers: Record<string, string> = {}): Request {
  return new Request('https://edge.example.com/', { method: 'POST', body, headers, duplex: 'half' });
}

function streamOf(chunks: readonly Uint8Array[], end: 'close' | 'stall' | 'break'): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream({
    pull(controller) {
      const next = left.shift();
      if (next !== undefined) controller.enqueue(next);
      else if (end === 'close') controller.close();
      else if (end === 'break') controller.error(new Error('the sender went away'));
    },
  });
}

afterEach(() => {
  vi.useRealTimers();
});

describe('reading a body', () => {
  test('chunks are put together, and no body is an empty one', async () => {
    const chunks = [new Uint8Array([1, 2]), new Uint8Array([3]), new Uint8Array(7)];
    expect(await readBody(post(streamOf(chunks, 'close')), limits)).toEqual({
      ok: true,
      value: new Uint8Array([1, 2, 3, 0, 0, 0, 0, 0, 0, 0]),
    });
    const empty = new Request('https://edge.example.com/', { method: 'POST' });
    expect(await readBody(empty, limits)).toEqual({ ok: true, value: new Uint8Array() });
  });

  test('a body that says it is too large is refused, read or not', async () => {
    vi.useFakeTimers();
    const read = readBody(post(streamOf([], 'stall'), { 'content-length': '11' }), limits);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await read).toEqual({ ok: false, error: 'body_too_large' });
  });

  test('a body that turns out too large is refused without waiting for its end', async () => {
    vi.useFakeTimers();
    const read = readBody(post(streamOf([new Uint8Array(8), new Uint8Array(8)], 'stall')), limits);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await read).toEqual({ ok: false, error: 'body_too_large' });
  });

  test.each([
    ['says so', { 'content-length': '40' }],
    ['does not say so', {}],
  ])('the sender of a body that is too large and %s reads the refusal, not a broken pipe', async (_, headers) => {
    const chunks = Array.from({ length: 5 }, () => new Uint8Array(8));
    const request = post(streamOf(chunks, 'close'), headers);
    const ended = vi.fn<() => void>();
    const body = (request.body as ReadableStream<Uint8Array>).pipeThrough(new TransformStream({ flush: ended }));
    expect(await readBody(post(body, headers), limits)).toEqual({ ok: false, error: 'body_too_large' });
    expect(ended).toHaveBeenCalledOnce();
  });

  test('a body without end is not thrown away for ever', async () => {
    const pulled = vi.fn<(size: number) => void>();
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled(1);
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    expect(await readBody(post(endless), limits)).toEqual({ ok: false, error: 'body_too_large' });
    expect(pulled.mock.calls.length).toBeLessThan(20);
  });

  test('a body that breaks off is cut short', async () => {
    const request = post(streamOf([new Uint8Array(4)], 'break'));
    expect(await readBody(request, limits)).toEqual({ ok: false, error: 'body_cut_short' });
  });

  test('a body that is not complete in time is given up', async () => {
    vi.useFakeTimers();
    const read = readBody(post(streamOf([new Uint8Array(4)], 'stall')), limits);
    await vi.advanceTimersByTimeAsync(14_999);
    const settled = vi.fn<(value: unknown) => void>();
    void read.then(settled);
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await read).toEqual({ ok: false, error: 'body_timed_out' });
  });

  test('the deadline leaves no timer behind', async () => {
    vi.useFakeTimers();
    await readBody(post('{}'), limits);
    expect(vi.getTimerCount()).toBe(0);
  });
});
