import { exchangeJson } from '@innkeeper/shared/adapters/http/exchange-json';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { judgeRegistryReply } from '@innkeeper/shared/subscription/judge-registry-reply';
import type {
  RegistryError,
  RemoteSubscription,
  WebhookRegistry,
} from '@innkeeper/shared/subscription/webhook-registry';
import * as z from 'zod/mini';

/**
 * Aircall's webhooks. The vendor shows each one's token in clear text, and switches a webhook off after failures. Every
 * change names its events: one without them subscribes to everything. I/O: HTTPS, bounded; no retries.
 */
export interface AircallRegistryOptions {
  /** With `/v1`, without a trailing slash. */
  readonly baseUrl: string;
  readonly apiId: string;
  readonly apiToken: Secret;
  readonly fetch: Fetch;
}

const CALL_TIMEOUT_MS = 10_000;
/** A webhook is below 4 kB with every event there is. */
const REPLY_BYTES_MAX = 1024 * 1024;
/** A company has 100 webhooks at most. */
const PER_PAGE = 50;
const PAGES_MAX = 10;
/** What it is called in Aircall's dashboard. */
const NAME = 'Innkeeper';

const Shown = z.object({
  webhook_id: z.union([z.string().check(z.minLength(1)), z.pipe(z.int(), z.transform(String))]),
  url: z.string(),
  active: z.boolean(),
  events: z.catch(z.array(z.string()), []),
});
const Webhook = z.pipe(
  Shown,
  z.transform(({ webhook_id, url, active, events }): RemoteSubscription => ({ id: webhook_id, url, active, events })),
);
const One = z.object({ webhook: Webhook });
const Page = z.object({
  webhooks: z.array(Webhook),
  meta: z.nullish(z.object({ next_page_link: z.nullish(z.string()) })),
});
const WithToken = z.object({ webhook: z.object({ token: z.string().check(z.minLength(1)) }) });

export function aircallRegistry(options: AircallRegistryOptions): WebhookRegistry {
  const authorization = `Basic ${btoa(`${options.apiId}:${options.apiToken.reveal()}`)}`;
  const call = async <T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    pick: (json: unknown) => T | undefined,
    body?: object,
  ): Promise<Result<T, RegistryError>> => {
    const reply = await exchangeJson({
      fetch: options.fetch,
      url: `${options.baseUrl}/webhooks${path}`,
      method,
      // Aircall wants it with every POST, PUT and DELETE, also where there is no body.
      headers: { authorization, ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body }),
      timeoutMs: CALL_TIMEOUT_MS,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    return judgeRegistryReply(reply, pick);
  };
  const single = (json: unknown): RemoteSubscription | undefined => One.safeParse(json).data?.webhook;

  return {
    async list() {
      const all: RemoteSubscription[] = [];
      for (let page = 1; page <= PAGES_MAX; page += 1) {
        const read = await call('GET', `?page=${page}&per_page=${PER_PAGE}`, json => Page.safeParse(json).data);
        if (!read.ok) return read;
        all.push(...read.value.webhooks);
        if ((read.value.meta?.next_page_link ?? null) === null) return ok(all);
      }
      // Less than all of them would make us create what is there already.
      return err({ kind: 'unavailable', detail: `more than ${PAGES_MAX} pages of webhooks` });
    },
    create: ({ url, events }) => call('POST', '', single, { custom_name: NAME, url, events }),
    update: (id, { url, events, active }) => call('PUT', pathOf(id), single, { url, events, active }),
    async remove(id) {
      const removed = await call('DELETE', pathOf(id), () => REMOVED);
      return removed.ok ? REMOVED : removed;
    },
    secretOf: ({ id }) =>
      call('GET', pathOf(id), json => {
        const shown = WithToken.safeParse(json);
        return shown.success ? new Secret(shown.data.webhook.token) : undefined;
      }),
  };
}

const REMOVED = { ok: true, value: undefined } as const;

const pathOf = (id: string): string => `/${encodeURIComponent(id)}`;
