import type { DurabilityError } from '../ports/delivery-queue.ts';
import { err, type Result } from '../result/result.ts';

/**
 * How long all the stores together may take that one delivery asks, one after another, to say that they have it. Aircall
 * hangs up after 5 s: with a second for secrets that are asked anew, the sender has its answer within 4 s.
 */
const STORES_TIMEOUT_MS = 3_000;

/** Silence is a refusal. A store that takes it later all the same has it twice, which changes nothing. */
export async function answerInTime(
  asked: Promise<Result<void, DurabilityError>>,
  storesMax: number,
): Promise<Result<void, DurabilityError>> {
  const timeoutMs = STORES_TIMEOUT_MS / storesMax;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const deadline = new Promise<Result<void, DurabilityError>>(resolve => {
    const late = err({ kind: 'unavailable' as const, detail: `no answer within ${timeoutMs} ms` });
    timer = setTimeout(() => resolve(late), timeoutMs);
  });
  try {
    return await Promise.race([asked, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
