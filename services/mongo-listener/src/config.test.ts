import { readSecretFiles } from '@innkeeper/shared/adapters/node/read-secret-files';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { describe, expect, it } from 'vitest';
import { ListenerConfig, SECRET_NAMES } from './config.ts';

const REQUIRED = {
  MONGODB_URI: 'mongodb://listener:secret@mongo/rocketchat?replicaSet=rs0',
  GOOGLE_CLOUD_PROJECT: 'inn',
  ROCKETCHAT_USER_ID: 'bot',
  ROCKETCHAT_BOT_USERNAME: 'innkeeper',
  QUESTIONS_URL: 'https://assistant.example/questions/',
  ROCKETCHAT_WEBHOOK_TOKEN: 'token',
};

describe('the configuration', () => {
  it('needs no more than addresses and names', () => {
    const config = parseConfig('mongo-listener', ListenerConfig, REQUIRED);
    expect(config).toMatchObject({
      FIRESTORE_DATABASE: '(default)',
      FIRESTORE_OPS_DATABASE: 'ops',
      CHAT_TOPIC_LIVE: 'chat-live',
      CHAT_TOPIC_BACKFILL: 'chat-backfill',
      ASSISTANT_WORDS: ['!query'],
      STATUS_HOST: '127.0.0.1',
      STATUS_PORT: 8080,
      QUESTIONS_URL: 'https://assistant.example/questions',
    });
    expect(JSON.stringify(config)).not.toContain('listener:secret');
  });

  it('takes words separated by commas', () => {
    const config = parseConfig('mongo-listener', ListenerConfig, { ...REQUIRED, ASSISTANT_WORDS: '!query, , !ask' });
    expect(config.ASSISTANT_WORDS).toEqual(['!query', '!ask']);
  });

  it('names everything that is missing at once', () => {
    const parse = () => parseConfig('mongo-listener', ListenerConfig, { STATUS_PORT: 'high' });
    for (const name of [...Object.keys(REQUIRED), 'STATUS_PORT']) expect(parse).toThrow(name);
  });
});

describe('a secret in a file', () => {
  const files: Record<string, string> = { '/run/secrets/uri': 'mongodb://from-file\n', '/run/secrets/empty': '' };
  const read = (path: string): string => {
    const text = files[path];
    if (text === undefined) throw new Error('ENOENT');
    return text;
  };

  it('is taken without the line break at its end, before one in the environment', () => {
    const found = readSecretFiles(SECRET_NAMES, { MONGODB_URI: 'x', MONGODB_URI_FILE: '/run/secrets/uri' }, read);
    expect(found.MONGODB_URI).toBe('mongodb://from-file');
  });

  it('counts as missing where there is none to read', () => {
    const environment = { ...REQUIRED, ROCKETCHAT_WEBHOOK_TOKEN_FILE: '/run/secrets/gone' };
    const found = readSecretFiles(SECRET_NAMES, environment, read);
    expect(() => parseConfig('mongo-listener', ListenerConfig, found)).toThrow(/ROCKETCHAT_WEBHOOK_TOKEN/u);
    expect(readSecretFiles(SECRET_NAMES, { MONGODB_URI_FILE: '' }, read)).toEqual({ MONGODB_URI_FILE: '' });
  });

  it('leaves what is no secret alone', () => {
    const environment = { STATUS_PORT_FILE: '/run/secrets/uri' };
    expect(readSecretFiles(SECRET_NAMES, environment, read)).toEqual(environment);
  });
});
