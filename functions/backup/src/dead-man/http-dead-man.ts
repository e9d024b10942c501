import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok } from '@innkeeper/shared/result/result';
import type { DeadMan } from '../ports.ts';

/**
 * Pings an outside watch as healthchecks.io and what is compatible with it take it: POST to the check's address, with
 * `/fail` behind it for bad news. The address is the credential: it is in no log and no error. I/O.
 */
export function httpDeadMan(url: Secret, fetch: Fetch, timeoutMs = PING_TIMEOUT_MS): DeadMan {
  return {
    ping: async (signal, runId) => {
      try {
        const response = await fetch(`${url.reveal().replace(/\/$/u, '')}${SUFFIX[signal]}`, {
          method: 'POST',
          headers: { 'content-type': 'text/plain' },
          body: runId,
          signal: AbortSignal.timeout(timeoutMs),
        });
        await response.body?.cancel();
        return response.ok ? ok(undefined) : unavailable(`it answered ${response.status}`);
      } catch (error) {
        const isLate = error instanceof DOMException && error.name === 'TimeoutError';
        return unavailable(isLate ? `no answer within ${timeoutMs} ms` : 'it could not be reached');
      }
    },
  };
}

const unavailable = (detail: string) => err({ kind: 'unavailable' as const, detail });

const SUFFIX = { good: '', failed: '/fail' } as const;

/** It answers in tens of milliseconds; the sweep comes again in five minutes. */
const PING_TIMEOUT_MS = 5_000;
