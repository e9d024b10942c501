import type { JWK } from 'jose';
import * as z from 'zod';
import { processVariables, runStandIn } from '../stand-ins/run-stand-in.ts';
import { startGoogle } from './start-google.ts';

/** The process `google` of the local stack. */
const PublicKey = z.string().transform((text, context): JWK => {
  try {
    return z.looseObject({ kty: z.string(), kid: z.string() }).parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a public key as JWK, with kid' });
    return z.NEVER;
  }
});

const Config = z.object({
  ...processVariables,
  FIRESTORE_EMULATOR_HOST: z.string(),
  GOOGLE_WORKLOAD_AUDIENCE: z.string().startsWith('//iam.googleapis.com/'),
  GOOGLE_WORKLOAD_ISSUER: z.string(),
  GOOGLE_WORKLOAD_SUBJECT: z.string(),
  GOOGLE_WORKLOAD_PUBLIC_KEY: PublicKey,
  /** An account the workload may act as. */
  GOOGLE_SERVICE_ACCOUNT: z.string().optional(),
  GOOGLE_SERVICE_ACCOUNT_PUBLIC_KEY: PublicKey.optional(),
  GOOGLE_TOKEN_LIFETIME_SECONDS: z.coerce.number().int().min(1).max(43_200).default(3_600),
});

await runStandIn('google', Config, config => {
  const { GOOGLE_SERVICE_ACCOUNT: email, GOOGLE_SERVICE_ACCOUNT_PUBLIC_KEY: accountKey } = config;
  return startGoogle({
    port: config.PORT,
    stateDirectory: config.STATE_DIRECTORY,
    firestoreHost: config.FIRESTORE_EMULATOR_HOST,
    tokenLifetimeMs: config.GOOGLE_TOKEN_LIFETIME_SECONDS * 1000,
    workload: {
      audience: config.GOOGLE_WORKLOAD_AUDIENCE,
      issuer: config.GOOGLE_WORKLOAD_ISSUER,
      subject: config.GOOGLE_WORKLOAD_SUBJECT,
      publicKeys: [config.GOOGLE_WORKLOAD_PUBLIC_KEY],
    },
    serviceAccounts: email === undefined ? [] : [{ email, publicKeys: accountKey === undefined ? [] : [accountKey] }],
  });
});
