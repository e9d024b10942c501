import type { VendorError } from '../adapters/http/vendor-reply.ts';
import { err, ok, type Result } from '../result/result.ts';
import type { CallLane, RateGate } from './rate-gate.ts';

/** Waits for a place within a vendor's limits, and takes it. No I/O but the wait. */
export interface GatePorts {
  readonly gate: Pick<RateGate, 'delayMs' | 'began'>;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Longer waits belong to whoever keeps the work through a crash. */
const PATIENCE_MS = 5_000;

/** `beganAtMs`: when the call begins, which is now, and counted. */
export async function passGate(
  { gate, now, wait }: GatePorts,
  lane: CallLane,
): Promise<Result<{ readonly beganAtMs: number }, VendorError>> {
  for (;;) {
    const beganAtMs = now();
    const delayMs = gate.delayMs(beganAtMs, lane);
    if (delayMs > PATIENCE_MS) return err({ kind: 'limited', retryAfterMs: delayMs });
    if (delayMs === 0) {
      gate.began(beganAtMs); // in the same turn, so that of two that wait only one finds the gate open
      return ok({ beganAtMs });
    }
    await wait(delayMs);
  }
}
