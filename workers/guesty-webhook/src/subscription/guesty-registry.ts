import { listOf } from '@innkeeper/shared/adapters/guesty/payload';
import { exchangeJson } from '@innkeeper/shared/adapters/http/exchange-json';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import { Secret } from '@innkeeper/shared/config/secret';
import type { Result } from '@innkeeper/shared/result/result';
import { judgeRegistryReply } from '@innkeeper/shared/subscription/judge-registry-reply';
import type {
  RegistryError,
  RemoteSubscription,
  WebhookRegistry,
} from '@innkeeper/shared/subscription/webhook-registry';
import * as z from 'zod/mini';

/**
 * Guesty's webhook subscriptions. Each address has a secret of its own, which another route shows, a short while after the
 * subscription was made at the earliest. I/O: HTTPS, bounded; no retries but one with a new token.
 */
export interface GuestyRegistryOptions {
  /** With `/v1`, without a trailing slash. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  /** The fleet's token; another if `refused` is that one. */
  readonly token: (refused?: string) => Promise<Result<string, RegistryError>>;
}

const CALL_TIMEOUT_MS = 10_000;
/** A subscription is below 2 kB. */
const REPLY_BYTES_MAX = 1024 * 1024;

const Subscription = z.pipe(
  z.object({ _id: z.string().check(z.minLength(1)), url: z.string(), events: z.catch(z.array(z.string()), []) }),
  // The vendor shows no flag for a subscription that is switched off.
  z.transform(({ _id, url, events }): RemoteSubscription => ({ id: _id, url, events, active: true })),
);

const SigningSecret = z.string().check(z.regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/u));
/** `key` has been seen; some clients read `secret`. */
const ShownSecret = z.pipe(
  z.union([z.object({ key: SigningSecret }), z.object({ secret: SigningSecret })]),
  z.transform(shown => new Secret('key' in shown ? shown.key : shown.secret)),
);

export function guestyRegistry(options: GuestyRegistryOptions): WebhookRegistry {
  const call = async <T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    pick: (json: unknown) => T | undefined,
    body?: object,
  ): Promise<Result<T, RegistryError>> => {
    const attempt = (token: string) =>
      exchangeJson({
        fetch: options.fetch,
        url: `${options.baseUrl}${path}`,
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body }),
        timeoutMs: CALL_TIMEOUT_MS,
        replyBytesMax: REPLY_BYTES_MAX,
      });
    const token = await options.token();
    if (!token.ok) return token;
    const first = await attempt(token.value);
    if (!first.ok || first.value.status !== 401) return judgeRegistryReply(first, pick);
    const renewed = await options.token(token.value);
    return renewed.ok ? judgeRegistryReply(await attempt(renewed.value), pick) : renewed;
  };

  return {
    list: () => call('GET', '/webhooks', json => z.array(Subscription).safeParse(listOf(json)).data),
    create: wanted => call('POST', '/webhooks', single, wanted),
    update: (id, { url, events }) => {
      const changed: RemoteSubscription = { id, url, events, active: true };
      // The vendor documents the changed subscription as answer, and has been seen to answer 204 without a word.
      const shown = (json: unknown) => (json === undefined ? changed : single(json));
      return call('PUT', pathOf(id), shown, { url, events });
    },
    async remove(id) {
      const removed = await call('DELETE', pathOf(id), () => REMOVED);
      return removed.ok ? REMOVED : removed;
    },
    secretOf: ({ url }) =>
      call('GET', `/webhooks-v2/secret?url=${encodeURIComponent(url)}`, json => ShownSecret.safeParse(json).data),
  };
}

const REMOVED = { ok: true, value: undefined } as const;

const pathOf = (id: string): string => `/webhooks/${encodeURIComponent(id)}`;

const single = (json: unknown): RemoteSubscription | undefined => Subscription.safeParse(listOf(json)?.[0]).data;
