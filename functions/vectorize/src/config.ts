import { embeddingsVariables } from '@innkeeper/shared/adapters/embeddings/embedder-from-config';
import { PhoneRegion } from '@innkeeper/shared/adapters/phone/e164';
import { baseUrl, secret } from '@innkeeper/shared/config/parse-config';
import * as z from 'zod';

/** Everything `vectorize` reads from its environment. `FIRESTORE_EMULATOR_HOST` is the SDK's own. */
export const VectorizeConfig = z.object({
  GOOGLE_CLOUD_PROJECT: z.string({ error: 'missing' }).describe('id of the Google Cloud project'),
  FIRESTORE_DATABASE: z.string().default('(default)').describe('Firestore database'),
  QDRANT_URL: baseUrl('address of Qdrant, e.g. https://xyz.cloud.qdrant.io:6333'),
  QDRANT_API_KEY: secret('read-write database key of Qdrant'),
  QDRANT_ALIAS: z.string().default('innkeeper').describe('alias the product reads and writes through'),
  ROCKETCHAT_USER_ID: z.string({ error: 'missing' }).min(1, 'missing').describe('user id of the bot'),
  PHONE_REGION_DEFAULT: PhoneRegion.optional().describe(
    'country (ISO 3166, e.g. PT) of telephone numbers without a country code; without it these are not linked',
  ),
  ...embeddingsVariables,
});
export type VectorizeConfig = z.output<typeof VectorizeConfig>;
