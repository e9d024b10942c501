import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, PORT_NAMES, type Ports } from './connections.ts';
import { assistantVariables, readOutsideParts } from './outside-parts.ts';
import { startWaves } from './part.ts';
import { listParts } from './parts.ts';
import { PROGRAMS } from './programs.ts';
import { openSecrets, type StackSecrets } from './secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'innkeeper-parts-'));
const secretsFile = join(folder, 'secrets.json');
const ports = Object.fromEntries(PORT_NAMES.map((name, index) => [name, 20_000 + index])) as Ports;
let secrets: StackSecrets;

beforeAll(async () => {
  secrets = await openSecrets(secretsFile);
});
afterAll(() => rmSync(folder, { recursive: true }));

function partsWith(environment: Record<string, string>) {
  const outside = readOutsideParts(environment);
  const connections = connect(outside, secrets, ports);
  const jars = { firestore: '/sdk/firestore.jar', pubsub: '/sdk/pubsub.jar' };
  const parts = listParts({
    connections,
    ports,
    secrets,
    jars,
    programs: PROGRAMS,
    serverPrograms: '/server-programs',
    assistant: assistantVariables(outside),
    resticBinary: outside.RESTIC_BINARY,
    filerDirectory: '/files',
  });
  return { connections, parts, names: parts.map(({ name }) => name) };
}

const told = (environment: Record<string, string>, part: string): string => {
  const found = partsWith(environment).parts.find(({ name }) => name === part);
  return JSON.stringify([found?.environment, found?.configuration?.content]);
};

test('secrets are made once and are for their owner only', async () => {
  expect(statSync(secretsFile).mode & 0o777).toBe(0o600);
  expect(await openSecrets(secretsFile)).toEqual(secrets);
});

test('a home of an earlier version keeps its secrets and gets those that have come since', async () => {
  const { vaultKey, ...before } = secrets;
  const older = join(folder, 'older.json');
  writeFileSync(older, JSON.stringify(before));
  const opened = await openSecrets(older);
  expect(opened).toMatchObject(before);
  expect(opened.vaultKey).not.toEqual(vaultKey);
  expect(await openSecrets(older)).toEqual(opened);
});

test('no secret is on any command line', () => {
  const { parts } = partsWith({});
  const commandLines = parts.flatMap(({ command, args }) => [command, ...args]).join('\n');
  const { workloadKey, vaultKey, ...words } = secrets;
  const keys = [workloadKey, vaultKey].map(({ privateKey }) => String(privateKey['d']));
  for (const secret of [...Object.values(words), ...keys]) {
    expect(commandLines).not.toContain(secret);
  }
});

test('every part can start, and no two listen on one port', () => {
  const { parts } = partsWith({});
  expect(startWaves(parts).flat()).toHaveLength(parts.length);
  const addresses = parts.flatMap(({ health }) => health.map(url => new URL(url).host));
  expect(new Set(addresses).size).toBe(addresses.length);
});

test('the Workers may only read Qdrant; vectorize may write', () => {
  expect(told({}, 'workers-host')).toContain(secrets.qdrantReadOnlyApiKey);
  expect(told({}, 'workers-host')).not.toContain(secrets.qdrantApiKey);
  expect(told({}, 'functions-host')).toContain(secrets.qdrantApiKey);
});

test('the Worker that answers is told what somebody said of it, and nothing where nobody did', () => {
  const said = {
    GROQ_FALLBACK_MODEL: 'openai/gpt-oss-120b',
    ASSISTANT_BRIEFINGS: '[{"room":"#front-desk","zone":"UTC","morning":"07:30"}]',
    ASSISTANT_NEWS_QUIET_SECONDS: '60',
    ASSISTANT_TOKENS_PER_DAY: '1000',
    ASSISTANT_TOKENS_PER_USER_PER_DAY: '100',
  };
  for (const [name, value] of Object.entries(said)) {
    expect(told(said, 'workers-host')).toContain(JSON.stringify({ [name]: value }).slice(1, -1));
    expect(told({}, 'workers-host')).not.toContain(name);
  }
});

describe('a part from outside', () => {
  const ADDRESS = 'http://parts.example:1234';

  test.each([
    [
      'firestore',
      { FIRESTORE_EMULATOR_HOST: 'parts.example:1234' },
      ['google', 'functions-host', 'gateway', 'mongo-listener'],
    ],
    ['pubsub', { PUBSUB_EMULATOR_HOST: 'parts.example:1234' }, ['gateway', 'mongo-listener']],
    ['qdrant', { QDRANT_URL: `${ADDRESS}/`, QDRANT_API_KEY: 'k' }, ['workers-host', 'functions-host']],
    [
      'mongodb',
      { MONGODB_URI: 'mongodb://parts.example:1234/chat' },
      ['rocketchat', 'mongo-listener', 'functions-host'],
    ],
    ['hetzner', { HCLOUD_ENDPOINT: `${ADDRESS}/v1`, HCLOUD_TOKEN: 't' }, ['functions-host']],
    ['groq', { GROQ_BASE_URL: `${ADDRESS}/openai/v1`, GROQ_API_KEY: 'k' }, ['workers-host']],
    ['rocketchat', { ROCKETCHAT_URL: ADDRESS, ROCKETCHAT_USER_ID: 'u', ROCKETCHAT_AUTH_TOKEN: 't' }, ['workers-host']],
    [
      'guesty',
      { GUESTY_BASE_URL: `${ADDRESS}/v1`, GUESTY_CLIENT_ID: 'i', GUESTY_CLIENT_SECRET: 's' },
      ['workers-host'],
    ],
    [
      'embeddings',
      {
        EMBEDDINGS_PROVIDER: 'openai-compatible',
        EMBEDDINGS_URL: ADDRESS,
        EMBEDDINGS_MODEL: 'm',
        EMBEDDINGS_DIMENSIONS: '8',
      },
      ['workers-host', 'functions-host'],
    ],
  ] as const)('%s is not started, and those that need it are told its address', (name, environment, users) => {
    expect(partsWith({}).names).toContain(name);
    expect(partsWith(environment).names).not.toContain(name);
    for (const user of users) {
      expect(told(environment, user)).toContain('parts.example:1234');
      expect(told({}, user)).not.toContain('parts.example');
    }
    expect(partsWith(environment).parts.flatMap(({ dependsOn }) => dependsOn)).not.toContain(name);
  });

  test('a Groq key alone means the real Groq', () => {
    expect(partsWith({ GROQ_API_KEY: 'k' }).connections.groq).toMatchObject({
      url: 'https://api.groq.com/openai/v1',
      standIn: false,
    });
  });

  test('an address without its credentials is refused with every problem at once', () => {
    const environment = { ROCKETCHAT_URL: ADDRESS, EMBEDDINGS_PROVIDER: 'workers-ai' };
    expect(() => readOutsideParts(environment)).toThrow(
      /ROCKETCHAT_USER_ID[\s\S]*ROCKETCHAT_AUTH_TOKEN[\s\S]*EMBEDDINGS_URL/u,
    );
  });

  test.each([
    ['a Groq address with another path', { GROQ_BASE_URL: 'http://127.0.0.1:1/v1', GROQ_API_KEY: 'k' }, 'must end in'],
    ['scopes that are not JSON', { ASSISTANT_SCOPES: '{"rooms":' }, 'ASSISTANT_SCOPES: must be JSON'],
    ['a fallback model that was retired', { GROQ_FALLBACK_MODEL: 'llama3-70b-8192' }, 'GROQ_FALLBACK_MODEL: '],
    ['briefings that are not JSON', { ASSISTANT_BRIEFINGS: '[' }, 'ASSISTANT_BRIEFINGS: must be JSON'],
    [
      'a briefing for a room nobody may be told anything in',
      { ASSISTANT_BRIEFINGS: '[{"room":"#lobby","zone":"UTC","morning":"07:30"}]', ASSISTANT_SCOPES: '{}' },
      'ASSISTANT_BRIEFINGS: #lobby',
    ],
    ['tokens that are no number', { ASSISTANT_TOKENS_PER_DAY: 'many' }, 'ASSISTANT_TOKENS_PER_DAY: must be'],
    ['a rest that is no number', { ASSISTANT_NEWS_QUIET_SECONDS: 'soon' }, 'ASSISTANT_NEWS_QUIET_SECONDS: must be'],
    ['a scope that does not exist', { ASSISTANT_SCOPES: '{"rooms":{"*":"everything"}}' }, 'must be JSON'],
  ])('%s is refused at once instead of a Worker that never becomes well', (_, environment, sentence) => {
    expect(() => readOutsideParts(environment)).toThrow(sentence);
  });
});
