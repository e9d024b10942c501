import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../config/parse-config.ts';
import { GoogleConfig } from './google-config.ts';

const JWK = JSON.stringify({ kty: 'EC', crv: 'P-256', d: 'x', kid: 'k1' });
const WORKLOAD = {
  GOOGLE_CLOUD_PROJECT: 'inn',
  GOOGLE_WORKLOAD_KEY: JWK,
  GOOGLE_WORKLOAD_AUDIENCE: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x',
  GOOGLE_WORKLOAD_ISSUER: 'https://workers.example',
  GOOGLE_WORKLOAD_SUBJECT: 'guesty-webhook',
};
const KEY_FILE = JSON.stringify({
  client_email: 'a@b.example',
  private_key: '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n',
  private_key_id: 'k2',
  token_uri: 'https://oauth2.googleapis.com/token',
});

const problemsOf = (environment: Record<string, string>): string => {
  try {
    parseConfig('worker', GoogleConfig, environment);
    return 'none';
  } catch (error) {
    return String(error);
  }
};

describe('Google configuration', () => {
  it('takes a workload key with Google’s own addresses as the default', () => {
    const { google } = parseConfig('worker', GoogleConfig, WORKLOAD);
    expect(google).toMatchObject({
      project: 'inn',
      firestoreBaseUrl: 'https://firestore.googleapis.com/v1',
      firestoreDatabase: '(default)',
      credentials: {
        kind: 'workload',
        subject: 'guesty-webhook',
        stsUrl: 'https://sts.googleapis.com/v1/token',
        iamCredentialsUrl: 'https://iamcredentials.googleapis.com/v1',
      },
    });
    expect(google.credentials).not.toHaveProperty('serviceAccount');
    expect(JSON.stringify(google)).not.toContain('P-256');
  });

  it('takes a service account’s key file instead', () => {
    const environment = { GOOGLE_CLOUD_PROJECT: 'inn', GOOGLE_SERVICE_ACCOUNT_KEY: KEY_FILE };
    expect(parseConfig('worker', GoogleConfig, environment).google.credentials).toMatchObject({
      kind: 'service_account',
      clientEmail: 'a@b.example',
      keyId: 'k2',
      tokenUri: 'https://oauth2.googleapis.com/token',
    });
  });

  it.each([
    ['no key at all', { GOOGLE_CLOUD_PROJECT: 'inn' }],
    ['both keys', { ...WORKLOAD, GOOGLE_SERVICE_ACCOUNT_KEY: KEY_FILE }],
    ['an empty key', { ...WORKLOAD, GOOGLE_WORKLOAD_KEY: '' }],
  ])('says that exactly one key is needed, given %s', (_name, environment) => {
    expect(problemsOf(environment)).toContain('set exactly one of GOOGLE_WORKLOAD_KEY');
  });

  it('names everything that is missing for a workload at once', () => {
    const problems = problemsOf({ GOOGLE_CLOUD_PROJECT: 'inn', GOOGLE_WORKLOAD_KEY: 'not a key' });
    for (const variable of ['KEY', 'AUDIENCE', 'ISSUER', 'SUBJECT']) {
      expect(problems).toContain(`GOOGLE_WORKLOAD_${variable}: m`);
    }
  });

  it('refuses a key for an algorithm that Google does not take', () => {
    const key = JSON.stringify({ kty: 'RSA', d: 'x', kid: 'k1', alg: 'PS256' });
    expect(problemsOf({ ...WORKLOAD, GOOGLE_WORKLOAD_KEY: key })).toContain('for RS256 or ES256');
  });

  it('never shows a value', () => {
    const problems = problemsOf({
      GOOGLE_CLOUD_PROJECT: 'inn',
      GOOGLE_SERVICE_ACCOUNT_KEY: '{"private_key":"hush"}',
      GOOGLE_WORKLOAD_AUDIENCE: 'hush',
    });
    expect(problems).toContain('GOOGLE_WORKLOAD_AUDIENCE');
    expect(problems).not.toContain('hush');
  });
});
