import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { VendorFailure } from '../ports/vendor-failure.ts';
import { callVendor, outsideShape } from './call-vendor.ts';

export interface CloudflareCaller {
  readonly fetch: Fetch;
  /** Including `/client/v4`. */
  readonly url: string;
  readonly accountId: string;
  /** `undefined` where nobody gave one. */
  readonly token: Secret | undefined;
}

export interface CloudflareCall<T> {
  /** Below the account. */
  readonly path: string;
  readonly method: 'GET' | 'PUT' | 'PATCH';
  readonly body?: object;
  readonly contentType?: string;
  readonly right: string;
  readonly what: string;
  readonly reply: z.ZodType<T>;
}

/** One call below the account: the `result` of its envelope. */
export async function callCloudflare<T>(
  { fetch, url, accountId, token }: CloudflareCaller,
  { path, contentType, reply: schema, ...call }: CloudflareCall<T>,
): Promise<Result<T, VendorFailure>> {
  if (token === undefined) return err({ kind: 'no_token', service: 'Cloudflare' });
  const reply = await callVendor({
    ...call,
    fetch,
    url: `${url}/accounts/${accountId}${path}`,
    headers: {
      authorization: `Bearer ${token.reveal()}`,
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    },
    service: 'Cloudflare',
  });
  if (!reply.ok) return reply;
  const parsed = z.object({ success: z.literal(true), result: schema }).safeParse(reply.value.json);
  return parsed.success ? ok(parsed.data.result) : outsideShape('Cloudflare');
}
