import { ConfigError } from '@innkeeper/shared/config/parse-config';
import { describe, expect, test } from 'vitest';
import { parseLlmQueryConfig } from './config.ts';

function problemsOf(environment: Record<string, unknown>): string {
  try {
    parseLlmQueryConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was taken');
}

const complete = {
  GROQ_API_KEY: 'k',
  ROCKETCHAT_URL: 'https://chat.example',
  ROCKETCHAT_USER_ID: 'u',
  ROCKETCHAT_AUTH_TOKEN: 't',
  ROCKETCHAT_WEBHOOK_TOKENS: 'w',
  ROCKETCHAT_BOT_USERNAME: 'innkeeper',
  QDRANT_URL: 'https://q.example',
  GOOGLE_CLOUD_PROJECT: 'p',
  GOOGLE_SERVICE_ACCOUNT_KEY: JSON.stringify({
    client_email: 'a@p.example',
    private_key: '-----BEGIN PRIVATE KEY-----\n',
    private_key_id: '1',
    token_uri: 'https://token.example',
  }),
};

describe('what is wrong with the environment', () => {
  test('is told of all variables at once, each with what it is', () => {
    const problems = problemsOf({});
    for (const variable of Object.keys(complete).filter(name => !name.startsWith('GOOGLE_SERVICE'))) {
      expect(problems).toContain(`- ${variable}: m`); // missing (…), must be …
    }
    expect(problems).not.toContain('Invalid input');
  });

  test.each<[string, unknown, string]>([
    ['GROQ_BASE_URL', 'nowhere', 'must be a URL'],
    ['GROQ_BASE_URL', 'https://api.groq.com', 'must end in /openai/v1'],
    ['GROQ_MODEL', 'llama-3.1-8b-instant', 'llama-3.1-8b-instant is retired'],
    ['EMBEDDINGS_PROVIDER', 'somebody', 'must be workers-ai or openai-compatible'],
    ['EMBEDDINGS_URL', 'nowhere', 'must be a URL'],
    ['EMBEDDINGS_DIMENSIONS', 'many', 'must be a whole number'],
    ['EMBEDDINGS_DIMENSIONS', '1.5', 'must be a whole number'],
    ['EMBEDDINGS_DIMENSIONS', '0', 'must be 1 or more'],
    ['EMBEDDINGS_DIMENSIONS', '70000', 'must be 65536 or less'],
    ['QDRANT_URL', 'nowhere', 'must be a URL'],
    ['ASSISTANT_SCOPES', 'everybody', 'must be JSON like {"rooms":{"#general":"full"}}'],
    ['ASSISTANT_SCOPES', '{"rooms":{"*":"root"}}', 'must be JSON like {"rooms":{"#general":"full"}}'],
    ['ASSISTANT_SCOPES', { rooms: {} }, 'must be JSON like {"rooms":{"#general":"full"}}'],
    ['GUESTY_APP_URL', 'nowhere', 'must be a URL'],
  ])('%s %j is explained', (variable, value, words) => {
    const problems = problemsOf({ ...complete, [variable]: value });
    expect(problems).toContain(`- ${variable}: ${words}`);
    expect(problems).not.toContain('Invalid input');
  });

  test('is nothing where all is there', () => {
    const config = parseLlmQueryConfig(complete);
    expect(config.ASSISTANT_SCOPES).toEqual({ rooms: {}, users: {}, words: ['!query'] });
    expect(config.GROQ_FALLBACK_MODEL).toBe('openai/gpt-oss-20b');
  });
});
