/** Hetzner's rate limit: so many requests at once, refilled at an even pace. In memory: a restart starts full. */
export interface RefillingLimit {
  /** Takes one request; the headers say what is left and when it would be full again. */
  take(): { readonly allowed: boolean; readonly headers: Readonly<Record<string, string>> };
  /** From now on as if so many were left. */
  leave(requests: number): void;
}

const LIMIT = 3600;
const REFILL_MS = 1000;

export function refillingLimit(now: () => number): RefillingLimit {
  let left = LIMIT;
  let at = now();
  const refill = (): void => {
    left = Math.min(LIMIT, left + (now() - at) / REFILL_MS);
    at = now();
  };
  return {
    take() {
      refill();
      const allowed = left >= 1;
      if (allowed) left -= 1;
      return {
        allowed,
        headers: {
          'ratelimit-limit': String(LIMIT),
          'ratelimit-remaining': String(Math.floor(left)),
          'ratelimit-reset': String(Math.ceil((at + (LIMIT - left) * REFILL_MS) / 1000)),
        },
      };
    },
    leave(requests) {
      refill();
      left = requests;
    },
  };
}
