import { GoogleAccessConfig } from '@innkeeper/shared/adapters/google-auth/google-config';
import { baseUrl } from '@innkeeper/shared/config/parse-config';
import * as z from 'zod/mini';

const environmentName = 'name of the environment, which every entry carries: dev, staging or prod';

/** What the environment must say, besides the bindings of `wrangler.jsonc`. */
export const Config = z.intersection(
  z.object({
    ENVIRONMENT_NAME: z
      .string({ error: `missing (${environmentName})` })
      .check(
        z.regex(/^[a-z][a-z0-9-]{0,30}$/u, 'must be a short name in small letters, such as prod'),
        z.describe(environmentName),
      ),
    LOGGING_BASE_URL: z._default(baseUrl('Cloud Logging API with /v2'), 'https://logging.googleapis.com/v2'),
  }),
  GoogleAccessConfig,
);
export type Config = z.infer<typeof Config>;
