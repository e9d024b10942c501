import { exchangeJson } from '@innkeeper/shared/adapters/http/exchange-json';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { AccessTokens } from '@innkeeper/shared/ports/access-tokens';
import { err, ok } from '@innkeeper/shared/result/result';
import * as z from 'zod';

/**
 * The function's own identity, from Google's metadata server, which renews tokens itself and answers in a moment: none
 * is kept here. I/O.
 */
const PATH = '/computeMetadata/v1/instance/service-accounts/default/token';
const TIMEOUT_MS = 5_000; // it is beside the function and answers in milliseconds
const REPLY_BYTES_MAX = 16 * 1024; // a token has one or two kilobytes

const TokenReply = z.object({ access_token: z.string().min(1) });

/** `host`: name, with a port where it is not 80. */
export function metadataAccessTokens(host: string, fetch: Fetch): AccessTokens {
  return {
    async token() {
      const reply = await exchangeJson({
        fetch,
        url: `http://${host}${PATH}`,
        method: 'GET',
        headers: { 'metadata-flavor': 'Google' },
        timeoutMs: TIMEOUT_MS,
        replyBytesMax: REPLY_BYTES_MAX,
      });
      if (!reply.ok) return err({ kind: 'unavailable', detail: `metadata server: ${reply.error.kind}` });
      const { status, json } = reply.value;
      if (status >= 500 || status === 429) return err({ kind: 'unavailable', detail: `metadata server: ${status}` });
      const parsed = status === 200 ? TokenReply.safeParse(json) : undefined;
      return parsed?.success === true
        ? ok(parsed.data.access_token)
        : err({ kind: 'denied', detail: `metadata server: ${status} without a token` });
    },
  };
}
