import { GoogleConfig } from '@innkeeper/shared/adapters/google-auth/google-config';
import { baseUrl, secret, secrets } from '@innkeeper/shared/config/parse-config';
import { OperatorConfig } from '@innkeeper/shared/operate/operator-config';
import * as z from 'zod/mini';

/** What the environment must say, besides the bindings of `wrangler.jsonc`. */
export const Config = z.intersection(
  z.object({
    AIRCALL_WEBHOOK_TOKENS: z._default(
      secrets(
        'tokens of Aircall webhooks made by hand that may deliver here, besides the one the Worker registers itself',
      ),
      [],
    ),
  }),
  z.intersection(OperatorConfig, GoogleConfig),
);
export type Config = z.infer<typeof Config>;

/** What the Durable Objects that call Aircall's API need. */
export const AircallConfig = z.pipe(
  z.object({
    AIRCALL_BASE_URL: z._default(baseUrl('Aircall’s API with /v1'), 'https://api.aircall.io/v1'),
    AIRCALL_API_ID: z
      .string({ error: 'missing (API id of the Aircall account)' })
      .check(z.minLength(1), z.describe('API id of the Aircall account')),
    AIRCALL_API_TOKEN: secret('API token of the Aircall account'),
  }),
  z.transform(environment => ({
    baseUrl: environment.AIRCALL_BASE_URL,
    apiId: environment.AIRCALL_API_ID,
    apiToken: environment.AIRCALL_API_TOKEN,
  })),
);
