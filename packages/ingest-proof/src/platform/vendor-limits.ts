import type { ApiAnswer } from '../vendors/http-answer.ts';

/** A vendor's own count of calls, and what it says of it. */
export interface VendorLimits {
  /** Counts a call; the answer of the vendor where it is one too many. */
  refuse(nowMs: number): ApiAnswer | undefined;
  headers(nowMs: number): Readonly<Record<string, string>>;
  /** How often it had to refuse. */
  readonly refusals: number;
  readonly calls: number;
}

export interface VendorWindow {
  readonly lengthMs: number;
  readonly callsMax: number;
  readonly header: string;
}

export const GUESTY_WINDOWS: readonly VendorWindow[] = [
  { lengthMs: 1_000, callsMax: 15, header: 'x-ratelimit-remaining-second' },
  { lengthMs: 60_000, callsMax: 120, header: 'x-ratelimit-remaining-minute' },
  { lengthMs: 3_600_000, callsMax: 5_000, header: 'x-ratelimit-remaining-hour' },
];
export const AIRCALL_WINDOWS: readonly VendorWindow[] = [
  { lengthMs: 60_000, callsMax: 120, header: 'x-aircallapi-remaining' },
];

/** Windows that begin anew, as vendors count. */
export function vendorLimits(windows: readonly VendorWindow[]): VendorLimits {
  const counts = windows.map(window => ({ ...window, beganAtMs: Number.NEGATIVE_INFINITY, calls: 0 }));
  let refusals = 0;
  let calls = 0;
  return {
    refuse: nowMs => {
      calls += 1;
      for (const count of counts) {
        if (nowMs - count.beganAtMs >= count.lengthMs) {
          count.beganAtMs = nowMs;
          count.calls = 0;
        }
      }
      const full = counts.find(count => count.calls >= count.callsMax);
      if (full === undefined) {
        for (const count of counts) count.calls += 1;
        return undefined;
      }
      refusals += 1;
      const seconds = Math.ceil((full.beganAtMs + full.lengthMs - nowMs) / 1000);
      return { status: 429, json: { error: 'too many' }, headers: { 'retry-after': String(seconds) } };
    },
    headers: () =>
      Object.fromEntries(counts.map(({ header, callsMax, calls: made }) => [header, String(callsMax - made)])),
    get refusals() {
      return refusals;
    },
    get calls() {
      return calls;
    },
  };
}
