import * as z from 'zod/mini';
import { baseUrl, secret, url } from '../../config/parse-config.ts';
import { Secret } from '../../config/secret.ts';

/**
 * The `GOOGLE_*` and `FIRESTORE_*` part of a Worker's environment. Join it with the Worker's own schema:
 * `z.intersection(Own, GoogleConfig)`, or `GoogleAccessConfig` where Firestore is not used; everything stands under
 * `google` afterwards.
 */
export interface WorkloadCredentials {
  readonly kind: 'workload';
  /** Full resource name of the provider, beginning with `//iam.googleapis.com/`. */
  readonly audience: string;
  readonly issuer: string;
  readonly subject: string;
  /** Private JWK as JSON. */
  readonly key: Secret;
  readonly stsUrl: string;
  readonly iamCredentialsUrl: string;
  /** E-mail address of the account to act as; absent where the federated identity itself has the rights. */
  readonly serviceAccount?: string;
}

export interface ServiceAccountCredentials {
  readonly kind: 'service_account';
  readonly clientEmail: string;
  readonly tokenUri: string;
  readonly keyId: string;
  /** PKCS #8 PEM. */
  readonly privateKey: Secret;
}

export interface GoogleAccess {
  readonly project: string;
  readonly credentials: WorkloadCredentials | ServiceAccountCredentials;
}

export interface GoogleSettings extends GoogleAccess {
  /** Including `/v1`. */
  readonly firestoreBaseUrl: string;
  readonly firestoreDatabase: string;
}

const PrivateJwk = z.object({
  kty: z.enum(['RSA', 'EC']),
  d: z.string().check(z.minLength(1)),
  kid: z.string().check(z.minLength(1)),
  alg: z.optional(z.enum(['RS256', 'ES256'])), // all that Google takes
});
const KeyFile = z.object({
  client_email: z.string().check(z.minLength(1)),
  private_key: z.string().check(z.startsWith('-----BEGIN PRIVATE KEY-----')),
  private_key_id: z.string().check(z.minLength(1)),
  token_uri: url('must be a URL'),
});

const text = (meaning: string) => z.string({ error: `missing (${meaning})` }).check(z.describe(meaning));

const AccessEnvironment = z.object({
  GOOGLE_CLOUD_PROJECT: text('id of the Google Cloud project'),
  GOOGLE_WORKLOAD_KEY: z.optional(secret('own key for workload identity federation: private JWK with kid')),
  GOOGLE_WORKLOAD_AUDIENCE: z.optional(
    text('full name of the identity provider, beginning with //iam.googleapis.com/').check(
      z.startsWith(
        '//iam.googleapis.com/',
        'must be the full name of the provider, beginning with //iam.googleapis.com/',
      ),
    ),
  ),
  GOOGLE_WORKLOAD_ISSUER: z.optional(text('issuer that the identity provider believes')),
  GOOGLE_WORKLOAD_SUBJECT: z.optional(text('subject that IAM grants the rights to')),
  GOOGLE_STS_URL: z._default(baseUrl('token exchange of Google'), 'https://sts.googleapis.com/v1/token'),
  GOOGLE_SERVICE_ACCOUNT: z.optional(
    text('e-mail address of the service account to act as; none where the subject has the rights itself'),
  ),
  GOOGLE_IAM_CREDENTIALS_URL: z._default(
    baseUrl('IAM Credentials API with /v1'),
    'https://iamcredentials.googleapis.com/v1',
  ),
  GOOGLE_SERVICE_ACCOUNT_KEY: z.optional(secret('instead of a workload key: JSON text of a service account key file')),
});

const FirestoreEnvironment = z.extend(AccessEnvironment, {
  FIRESTORE_BASE_URL: z._default(baseUrl('Firestore REST API with /v1'), 'https://firestore.googleapis.com/v1'),
  FIRESTORE_DATABASE: z._default(text('Firestore database'), '(default)'),
});

type AccessEnvironment = z.infer<typeof AccessEnvironment>;

/** A project and the credentials for it. */
export const GoogleAccessConfig = z.pipe(
  AccessEnvironment,
  z.transform((environment, context): { google: GoogleAccess } => {
    const google = readAccess(environment, refuseIn(context, environment));
    return google === undefined ? z.NEVER : { google };
  }),
);

/** The same, and where its Firestore is. */
export const GoogleConfig = z.pipe(
  FirestoreEnvironment,
  z.transform((environment, context): { google: GoogleSettings } => {
    const access = readAccess(environment, refuseIn(context, environment));
    if (access === undefined) return z.NEVER;
    const { FIRESTORE_BASE_URL: firestoreBaseUrl, FIRESTORE_DATABASE: firestoreDatabase } = environment;
    return { google: { ...access, firestoreBaseUrl, firestoreDatabase } };
  }),
);

type Refuse = (variable: string, message: string) => void;

const refuseIn =
  (context: { readonly issues: z.core.$ZodRawIssue[] }, input: unknown): Refuse =>
  (variable, message) => {
    context.issues.push({ code: 'custom', input, path: [variable], message });
  };

function readAccess(environment: AccessEnvironment, refuse: Refuse): GoogleAccess | undefined {
  const credentials = readCredentials(environment, refuse);
  return credentials === undefined ? undefined : { project: environment.GOOGLE_CLOUD_PROJECT, credentials };
}

function readCredentials(environment: AccessEnvironment, refuse: Refuse): GoogleAccess['credentials'] | undefined {
  const { GOOGLE_WORKLOAD_KEY: workloadKey, GOOGLE_SERVICE_ACCOUNT_KEY: accountKey } = environment;
  if ((workloadKey === undefined) === (accountKey === undefined)) {
    refuse(
      'GOOGLE_WORKLOAD_KEY',
      'set exactly one of GOOGLE_WORKLOAD_KEY (private JWK of the workload identity provider) and GOOGLE_SERVICE_ACCOUNT_KEY (text of a key file)',
    );
    return undefined;
  }
  if (accountKey !== undefined) return readAccountKey(accountKey, refuse);
  return workloadKey === undefined ? undefined : readWorkload(environment, workloadKey, refuse);
}

function readWorkload(environment: AccessEnvironment, key: Secret, refuse: Refuse): WorkloadCredentials | undefined {
  const {
    GOOGLE_WORKLOAD_AUDIENCE: audience,
    GOOGLE_WORKLOAD_ISSUER: issuer,
    GOOGLE_WORKLOAD_SUBJECT: subject,
    GOOGLE_SERVICE_ACCOUNT: serviceAccount,
  } = environment;
  const readable = PrivateJwk.safeParse(parseJson(key)).success;
  if (!readable)
    refuse('GOOGLE_WORKLOAD_KEY', 'must be a private RSA or P-256 key as JWK, with kid, for RS256 or ES256');
  if (audience === undefined) refuse('GOOGLE_WORKLOAD_AUDIENCE', 'missing (full name of the identity provider)');
  if (issuer === undefined) refuse('GOOGLE_WORKLOAD_ISSUER', 'missing (issuer the identity provider believes)');
  if (subject === undefined) refuse('GOOGLE_WORKLOAD_SUBJECT', 'missing (subject that IAM grants the rights to)');
  if (!readable || audience === undefined || issuer === undefined || subject === undefined) return undefined;
  return {
    kind: 'workload',
    audience,
    issuer,
    subject,
    key,
    stsUrl: environment.GOOGLE_STS_URL,
    iamCredentialsUrl: environment.GOOGLE_IAM_CREDENTIALS_URL,
    ...(serviceAccount === undefined ? {} : { serviceAccount }),
  };
}

function readAccountKey(key: Secret, refuse: Refuse): ServiceAccountCredentials | undefined {
  const file = KeyFile.safeParse(parseJson(key));
  if (!file.success) {
    refuse('GOOGLE_SERVICE_ACCOUNT_KEY', 'must be the JSON text of a service account key file');
    return undefined;
  }
  return {
    kind: 'service_account',
    clientEmail: file.data.client_email,
    tokenUri: file.data.token_uri,
    keyId: file.data.private_key_id,
    privateKey: new Secret(file.data.private_key),
  };
}

function parseJson(secretText: Secret): unknown {
  try {
    return JSON.parse(secretText.reveal()) as unknown;
  } catch {
    return undefined; // The caller says which variable is not what it should be.
  }
}
