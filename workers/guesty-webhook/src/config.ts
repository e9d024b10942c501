import { GoogleConfig } from '@innkeeper/shared/adapters/google-auth/google-config';
import { baseUrl, secret, secrets } from '@innkeeper/shared/config/parse-config';
import { OperatorConfig } from '@innkeeper/shared/operate/operator-config';
import * as z from 'zod/mini';

const SECRETS_HINT =
  'whsec_… of Guesty subscriptions made by hand that may deliver here, besides the one the Worker registers itself';

/** What the Worker's environment must say, besides the bindings of `wrangler.jsonc`. */
export const Config = z.intersection(
  z.object({
    GUESTY_WEBHOOK_SECRETS: z
      ._default(
        secrets(SECRETS_HINT).check(
          z.refine(
            list => list.every(item => /^whsec_[A-Za-z0-9+/]+={0,2}$/u.test(item.reveal())),
            'each must be whsec_ followed by base64',
          ),
        ),
        [],
      )
      .check(z.describe(SECRETS_HINT)),
  }),
  z.intersection(OperatorConfig, GoogleConfig),
);
export type Config = z.infer<typeof Config>;

/** What the Durable Object that reads Guesty's API needs. */
export const HydrationConfig = z.pipe(
  z.object({
    GUESTY_BASE_URL: baseUrl('Guesty’s Open API with /v1'),
    GUESTY_TOKEN_URL: z.optional(baseUrl('Guesty’s token endpoint; by default /oauth2/token at the API’s origin')),
    GUESTY_CLIENT_ID: z
      .string({ error: 'missing (client id of the Guesty application)' })
      .check(z.minLength(1), z.describe('client id of the Guesty application')),
    GUESTY_CLIENT_SECRET: secret('client secret of the Guesty application'),
  }),
  z.transform(environment => ({
    baseUrl: environment.GUESTY_BASE_URL,
    tokenUrl: environment.GUESTY_TOKEN_URL ?? `${new URL(environment.GUESTY_BASE_URL).origin}/oauth2/token`,
    clientId: environment.GUESTY_CLIENT_ID,
    clientSecret: environment.GUESTY_CLIENT_SECRET,
  })),
);
