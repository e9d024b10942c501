import { err, ok, type Result } from '../result/result.ts';

/** Reads a request body once, never keeping more than the limit and never waiting longer than the deadline. I/O: the body's stream. */
export interface BodyLimits {
  readonly bodyBytesMax: number;
  /** From the first read to the last byte. */
  readonly bodyTimeoutMs: number;
}

export type BodyError = 'body_too_large' | 'body_timed_out' | 'body_cut_short';

/** What every public edge grants a sender: a body that takes longer is a stalled or hostile one. */
export const BODY_TIMEOUT_MS = 15_000;

const DISCARD_MS_MAX = 1_000;
const DISCARD_BYTES_MAX = 16 * 1024 * 1024;

export async function readBody(request: Request, limits: BodyLimits): Promise<Result<Uint8Array, BodyError>> {
  const declared = request.headers.get('content-length');
  const isDeclaredTooLarge = Number(declared ?? 0) > limits.bodyBytesMax;
  if (request.body === null) return isDeclaredTooLarge ? err('body_too_large') : ok(new Uint8Array());

  if (isDeclaredTooLarge) return refuseTooLarge(readerOf(request.body));
  let timer: ReturnType<typeof setTimeout> | null = null;
  const deadline = new Promise<'deadline'>(resolve => {
    timer = setTimeout(() => resolve('deadline'), limits.bodyTimeoutMs);
  });
  try {
    // The server holds a sender to the length it declared: that is read in one call instead of one for each chunk.
    return declared === null
      ? await collect(readerOf(request.body), limits.bodyBytesMax, deadline)
      : await takeWhole(request, limits.bodyBytesMax, deadline);
  } finally {
    clearTimeout(timer);
  }
}

const readerOf = (body: ReadableStream): ReadableStreamDefaultReader<Uint8Array> =>
  (body as ReadableStream<Uint8Array>).getReader();

async function takeWhole(
  request: Request,
  bodyBytesMax: number,
  deadline: Promise<'deadline'>,
): Promise<Result<Uint8Array, BodyError>> {
  const read = request.arrayBuffer().catch(() => 'cut' as const); // the sender went away: nothing to answer to
  const whole = await Promise.race([read, deadline]);
  if (whole === 'cut') return err('body_cut_short');
  if (whole === 'deadline') return err('body_timed_out');
  return whole.byteLength > bodyBytesMax ? err('body_too_large') : ok(new Uint8Array(whole));
}

async function collect(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  bodyBytesMax: number,
  deadline: Promise<'deadline'>,
): Promise<Result<Uint8Array, BodyError>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const read = reader.read().catch(() => 'cut' as const); // the sender went away: named below, nothing to answer to
    const next = await Promise.race([read, deadline]);
    if (next === 'cut') return err('body_cut_short');
    if (next === 'deadline') return abandon(reader, 'body_timed_out');
    if (next.done) return ok(concatenate(chunks, size));
    size += next.value.length;
    if (size > bodyBytesMax) return refuseTooLarge(reader);
    chunks.push(next.value);
  }
}

/**
 * A sender that is still writing when its connection is closed sees a broken pipe instead of the refusal. So what is on
 * its way is thrown away first, within bounds that a hostile sender gains nothing from.
 */
async function refuseTooLarge(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Result<never, BodyError>> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const patienceEnds = new Promise<'patience_ends'>(resolve => {
    timer = setTimeout(() => resolve('patience_ends'), DISCARD_MS_MAX);
  });
  let discarded = 0;
  while (discarded < DISCARD_BYTES_MAX) {
    const read = reader.read().catch(() => 'cut' as const); // gone: the refusal has no reader any more
    const next = await Promise.race([read, patienceEnds]);
    if (typeof next === 'string' || next.done) break;
    discarded += next.value.length;
  }
  clearTimeout(timer);
  return abandon(reader, 'body_too_large');
}

async function abandon(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  reason: BodyError,
): Promise<Result<never, BodyError>> {
  await reader.cancel(reason).catch(() => undefined); // a stream that is already broken is as good as cancelled
  return err(reason);
}

function concatenate(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
