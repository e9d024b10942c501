import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';
import type { AskError } from '../asking/ask-error.ts';
import { askJson } from '../asking/ask-json.ts';
import type { CloudflareAccount } from '../ports/cloudflare-account.ts';
import { readWorkerDeployment } from './cloudflare-deployments.ts';
import { DnsRecordsReply, MetricsReply, QueuesReply, SecretNamesReply, TokenReply } from './cloudflare-replies.ts';

/** Cloudflare's REST API v4. I/O: `fetch`, GET alone. */
export interface CloudflareOptions {
  readonly fetch: Fetch;
  /** With `/client/v4`. */
  readonly baseUrl: string;
  readonly token: Secret;
  readonly accountId: string;
  readonly zoneId: string;
}

/** A zone of ours has some dozen records; the API gives up to 5,000 on a page. */
const RECORDS_PER_PAGE = 1000;
/** An account has a handful of queues; 100 is the page the API gives at most. */
const QUEUES_PER_PAGE = 100;

export function cloudflareAccount({ fetch, baseUrl, token, accountId, zoneId }: CloudflareOptions): CloudflareAccount {
  const headers = { authorization: `Bearer ${token.reveal()}` };
  const account = `${baseUrl}/accounts/${accountId}`;
  const get = <T>(url: string, answer: z.ZodType<T>): Promise<Result<T, AskError>> =>
    askJson({ fetch, url, headers, answer });
  const scriptOf = (script: string): string => `${account}/workers/scripts/${encodeURIComponent(script)}`;

  return {
    async token() {
      // Tokens belong to an account or to a person; the address that verifies the one knows nothing of the other.
      const own = await get(`${account}/tokens/verify`, TokenReply);
      const isOther =
        !own.ok && (own.error.kind === 'refused' || own.error.kind === 'forbidden' || own.error.kind === 'missing');
      const verified = isOther ? await get(`${baseUrl}/user/tokens/verify`, TokenReply) : own;
      if (!verified.ok) return err(asCredential(verified.error));
      const { status, expires_on } = verified.value.result;
      return ok({ isActive: status === 'active', ...(expires_on == null ? {} : { expiresAt: new Date(expires_on) }) });
    },

    async dnsRecords() {
      const reply = await get(`${baseUrl}/zones/${zoneId}/dns_records?per_page=${RECORDS_PER_PAGE}`, DnsRecordsReply);
      if (!reply.ok) return reply;
      return ok(
        reply.value.result.map(({ name, type, content, proxied }) => ({
          name,
          type,
          content: content ?? '',
          isProxied: proxied === true,
        })),
      );
    },

    async queues() {
      const reply = await get(`${account}/queues?per_page=${QUEUES_PER_PAGE}`, QueuesReply);
      if (!reply.ok) return reply;
      return ok(
        reply.value.result.map(({ queue_id, queue_name, consumers_total_count, settings }) => ({
          id: queue_id,
          name: queue_name,
          consumers: consumers_total_count,
          isPaused: settings?.delivery_paused === true,
        })),
      );
    },

    async backlog(queueId) {
      const reply = await get(`${account}/queues/${encodeURIComponent(queueId)}/metrics`, MetricsReply);
      if (!reply.ok) return reply;
      const { backlog_count, oldest_message_timestamp_ms } = reply.value.result;
      return ok({
        messages: backlog_count,
        ...(oldest_message_timestamp_ms === 0 ? {} : { oldestAt: new Date(oldest_message_timestamp_ms) }),
      });
    },

    deployment: script => readWorkerDeployment((path, answer) => get(`${scriptOf(script)}${path}`, answer)),

    async secretNames(script) {
      const reply = await get(`${scriptOf(script)}/secrets`, SecretNamesReply);
      if (!reply.ok) return reply.error.kind === 'missing' ? ok(undefined) : err(reply.error);
      return ok(reply.value.result.map(({ name }) => name));
    },
  };
}

/** What cannot be a token, such as half of one, is answered by 400, `Invalid request headers`. */
const asCredential = (error: AskError): AskError =>
  error.kind === 'malformed' ? { ...error, kind: 'refused' } : error;
