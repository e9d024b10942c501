import { GoogleConfig } from '@innkeeper/shared/adapters/google-auth/google-config';
import { secrets } from '@innkeeper/shared/config/parse-config';
import * as z from 'zod';

/** What the environment must say, besides the bindings of `wrangler.jsonc`. */
export const Config = z.intersection(
  z.object({
    AIRCALL_WEBHOOK_TOKENS: secrets('tokens of the Aircall webhooks that may deliver here, from GET /v1/webhooks'),
  }),
  GoogleConfig,
);
export type Config = z.infer<typeof Config>;
