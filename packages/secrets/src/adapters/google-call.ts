import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';
import type { VendorFailure } from '../ports/vendor-failure.ts';
import { callVendor, outsideShape } from './call-vendor.ts';

export interface GoogleCall<T> {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly body?: object;
  readonly right: string;
  readonly what: string;
  readonly reply: z.ZodType<T>;
}

export interface GoogleCaller {
  readonly fetch: Fetch;
  /** `undefined` where nobody is signed in. */
  readonly accessToken: () => Promise<Secret | undefined>;
}

/** One call of a Google API with the token of whoever is signed in. */
export async function callGoogle<T>(
  { fetch, accessToken }: GoogleCaller,
  { reply: schema, ...call }: GoogleCall<T>,
): Promise<Result<T, VendorFailure>> {
  const token = await accessToken();
  if (token === undefined) return err({ kind: 'no_token', service: 'Google' });
  const headers = { authorization: `Bearer ${token.reveal()}` };
  const reply = await callVendor({ ...call, fetch, headers, service: 'Google' });
  if (!reply.ok) return reply;
  const parsed = schema.safeParse(reply.value.json);
  return parsed.success ? ok(parsed.data) : outsideShape('Google');
}
