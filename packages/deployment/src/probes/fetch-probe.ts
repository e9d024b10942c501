import { VERSION_HEADER } from '@innkeeper/shared/http-edge/name-version';
import { err, ok } from '@innkeeper/shared/result/result';
import type { HttpProbe } from './http-probe.ts';

/** What a vendor waits at the least. */
const TIMEOUT_MS = 10_000;

/** Redirects are answers: what answers one is not what was asked for. */
export function fetchProbe(fetcher: (url: string, init: RequestInit) => Promise<Response>): HttpProbe {
  return {
    async send({ method, url, headers, body }) {
      try {
        const response = await fetcher(url, {
          method,
          headers,
          redirect: 'manual',
          signal: AbortSignal.timeout(TIMEOUT_MS),
          ...(body === undefined ? {} : { body }),
        });
        await response.body?.cancel();
        const version = response.headers.get(VERSION_HEADER);
        return ok({ status: response.status, ...(version === null ? {} : { version }) });
      } catch (error) {
        return err(error instanceof DOMException && error.name === 'TimeoutError' ? 'timed_out' : 'unreachable');
      }
    },
  };
}
