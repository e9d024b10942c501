import { exchangeJson } from '@innkeeper/shared/adapters/http/exchange-json';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import { err, ok } from '@innkeeper/shared/result/result';
import { CALL_MS_MAX } from '../asking/ask-json.ts';
import type { Addresses } from '../ports/addresses.ts';

/** Health endpoints answer a few bytes, a start page some dozen kB. */
const REPLY_BYTES_MAX = 2 * 1024 * 1024;

/** I/O: `fetch`, GET, without credentials, following no redirect. */
export function httpAddresses(fetch: Fetch): Addresses {
  return {
    async get(url) {
      const reply = await exchangeJson({
        fetch,
        url,
        method: 'GET',
        headers: { accept: '*/*' },
        timeoutMs: CALL_MS_MAX,
        replyBytesMax: REPLY_BYTES_MAX,
      });
      if (reply.ok) return ok({ status: reply.value.status, headers: reply.value.headers });
      const { kind } = reply.error;
      if (kind === 'timeout') return err({ kind, detail: `did not answer within ${Math.round(CALL_MS_MAX / 1000)} s` });
      return kind === 'unreachable'
        ? err({ kind, detail: 'cannot be reached' })
        : err({ kind: 'unreadable', detail: 'answered with more than can be an answer' });
    },
  };
}
