import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { describe, expect, test } from 'vitest';
import { Config, HydrationConfig } from './config.ts';

const hydration = {
  GUESTY_BASE_URL: 'https://open-api.example.com/v1/',
  GUESTY_CLIENT_ID: 'id',
  GUESTY_CLIENT_SECRET: 'secret',
};

describe('configuration', () => {
  test('tokens come from the origin of the API unless said otherwise', () => {
    expect(parseConfig('test', HydrationConfig, hydration)).toMatchObject({
      baseUrl: 'https://open-api.example.com/v1',
      tokenUrl: 'https://open-api.example.com/oauth2/token',
    });
    const elsewhere = { ...hydration, GUESTY_TOKEN_URL: 'https://login.example.com/token' };
    expect(parseConfig('test', HydrationConfig, elsewhere).tokenUrl).toBe('https://login.example.com/token');
  });

  test('everything that is missing or wrong is named at once, without values', () => {
    const problems = () => parseConfig('guesty-webhook', Config, { GUESTY_WEBHOOK_SECRETS: 'whsec_c2VjcmV0,hunter2' });
    expect(problems).toThrow(/GUESTY_WEBHOOK_SECRETS: each must be whsec_ followed by base64/u);
    expect(problems).toThrow(/GOOGLE_CLOUD_PROJECT/u);
    expect(problems).not.toThrow(/hunter2/u);
    expect(() => parseConfig('guesty-hydration', HydrationConfig, {})).toThrow(
      /GUESTY_BASE_URL.*GUESTY_CLIENT_SECRET/su,
    );
  });
});
