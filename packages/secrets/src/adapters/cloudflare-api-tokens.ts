import { Secret } from '@innkeeper/shared/config/secret';
import { ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { ApiToken, ApiTokens } from '../ports/api-tokens.ts';
import type { VendorFailure } from '../ports/vendor-failure.ts';
import { type CloudflareCaller, callCloudflare } from './cloudflare-call.ts';

const Token = z.object({ id: z.string(), name: z.string(), expires_on: z.iso.datetime().optional() }).transform(
  ({ id, name, expires_on: end }): ApiToken => ({
    id,
    name,
    ...(end === undefined ? {} : { expiresAtMs: Date.parse(end) }),
  }),
);
const PER_PAGE = 50; // the most it gives at once

export function cloudflareApiTokens(caller: CloudflareCaller): ApiTokens {
  async function list(): Promise<Result<readonly ApiToken[], VendorFailure>> {
    const found: ApiToken[] = [];
    for (let page = 1; ; page += 1) {
      const reply = await callCloudflare(caller, {
        path: `/tokens?per_page=${PER_PAGE}&page=${page}`,
        method: 'GET',
        right: 'Account API Tokens Read',
        what: 'account of that id',
        reply: z.array(Token),
      });
      if (!reply.ok) return reply;
      found.push(...reply.value);
      if (reply.value.length < PER_PAGE) return ok(found);
    }
  }

  return {
    list,
    async roll(id) {
      const reply = await callCloudflare(caller, {
        path: `/tokens/${id}/value`,
        method: 'PUT',
        body: {},
        right: 'Account API Tokens Write',
        what: `token ${id}; Terraform makes it, so apply first`,
        reply: z.string().min(1),
      });
      return reply.ok ? ok(new Secret(reply.value)) : reply;
    },
    async idOf(value) {
      const reply = await callCloudflare(
        { ...caller, token: value },
        {
          path: '/tokens/verify',
          method: 'GET',
          right: 'nothing but a valid token',
          what: 'account of that id',
          reply: z.object({ id: z.string(), status: z.string() }),
        },
      );
      if (reply.ok) return ok(reply.value.status === 'active' ? reply.value.id : undefined);
      const isRefused = reply.error.kind === 'unauthorized' || reply.error.kind === 'forbidden';
      return isRefused ? ok(undefined) : reply;
    },
  };
}
