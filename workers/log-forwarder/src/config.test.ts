import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { describe, expect, it } from 'vitest';
import { Config } from './config.ts';

const ENVIRONMENT = {
  ENVIRONMENT_NAME: 'prod',
  GOOGLE_CLOUD_PROJECT: 'inn',
  GOOGLE_WORKLOAD_KEY: JSON.stringify({ kty: 'EC', crv: 'P-256', d: 'x', kid: 'k1' }),
  GOOGLE_WORKLOAD_AUDIENCE: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x',
  GOOGLE_WORKLOAD_ISSUER: 'https://workers.example',
  GOOGLE_WORKLOAD_SUBJECT: 'log-forwarder',
};
const parse = (changes: Record<string, string> = {}) =>
  parseConfig('log-forwarder', Config, { ...ENVIRONMENT, ...changes });

describe('the configuration', () => {
  it('needs an environment and Google’s access, and nothing of Firestore', () => {
    expect(parse()).toMatchObject({
      ENVIRONMENT_NAME: 'prod',
      LOGGING_BASE_URL: 'https://logging.googleapis.com/v2',
      google: { project: 'inn', credentials: { kind: 'workload', subject: 'log-forwarder' } },
    });
  });

  it.each([
    [{ ENVIRONMENT_NAME: '' }, 'ENVIRONMENT_NAME: missing (name of the environment'],
    [{ ENVIRONMENT_NAME: 'Prod 1' }, 'ENVIRONMENT_NAME: must be a short name in small letters, such as prod'],
    [{ LOGGING_BASE_URL: 'logging' }, 'LOGGING_BASE_URL: must be a URL (Cloud Logging API with /v2)'],
    [{ GOOGLE_WORKLOAD_KEY: '' }, 'set exactly one of GOOGLE_WORKLOAD_KEY'],
  ])('says what is wrong: %j', (changes, problem) => {
    expect(() => parse(changes)).toThrow(problem);
  });
});
