import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OperatedEnvironment, operateEnvironment } from '../testing/operated-environment.ts';

let prod: OperatedEnvironment;
beforeEach(async () => {
  prod = await operateEnvironment();
  for (const worker of ['aircall-webhook', 'guesty-webhook', 'llm-query', 'log-forwarder']) {
    prod.vendors.cloudflare.workers.set(worker, { secrets: new Map(), versions: 1, isNewestDeployed: true });
  }
});
afterEach(() => prod.close());

const kept = (id: string): string[] => (prod.vendors.google.secrets.get(id) ?? []).map(({ value }) => value);
const given = (worker: string): Readonly<Record<string, string>> =>
  Object.fromEntries(prod.vendors.cloudflare.workers.get(worker)?.secrets ?? []);
const versions = (worker: string): number | undefined => prod.vendors.cloudflare.workers.get(worker)?.versions;

describe('set', () => {
  test('keeps what was typed, and says what comes next', async () => {
    const said = await prod.say('set groq-api-key', { secret: 'gsk-0123456789abcdef' });
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out).toContain('✓ groq-api-key is kept as version 1\nNext: ./dev secrets push --env prod.');
    expect(kept('groq-api-key')).toEqual(['gsk-0123456789abcdef']);
  });

  test.each([
    ['groq-api-key', 'has a space in it, too'],
    ['hcloud-token', 'too-short'],
    ['guesty-webhook-secrets', 'whsec_YQ==,wrong'],
    ['vault-signing-key', '{"kty":"OKP"}'],
    ['backup-mongodb-uri', 'mongodb://without-a-password/'],
  ])('refuses a value of %s that cannot be one', async (id, secret) => {
    const said = await prod.say(`set ${id}`, { secret });
    expect(said).toMatchObject({ code: 1, out: '' });
    expect(said.err).toMatch(/has to be .*\. Nothing was kept\.\n$/u);
    expect(said.err).not.toContain(secret);
    expect(kept(id)).toEqual([]);
  });

  test('asks before it replaces, and leaves the one before', async () => {
    await prod.say('set groq-api-key', { secret: 'gsk-0123456789abcdef' });
    const refused = await prod.say('set groq-api-key', { secret: 'gsk-fedcba9876543210', agrees: false });
    expect(refused).toMatchObject({ code: 1, err: 'Nothing was done.\n' });
    expect(kept('groq-api-key')).toHaveLength(1);
    await prod.say('set groq-api-key', { secret: 'gsk-fedcba9876543210' });
    expect(kept('groq-api-key')).toEqual(['gsk-0123456789abcdef', 'gsk-fedcba9876543210']);
  });

  test('says where a copy is, which goes on with the value before', async () => {
    const { out } = await prod.say('generate operator-tokens');
    expect(out).toContain('Next: ./dev secrets push --env prod; sops edit secrets/prod/swarm.sops.yaml, whose');
    expect(out).toContain('operator_token is a copy, and ./dev deploy --env prod --only ansible.');
  });

  test('does nothing in a dry run', async () => {
    await prod.say('set groq-api-key --dry-run', { secret: 'gsk-0123456789abcdef' });
    expect(kept('groq-api-key')).toEqual([]);
  });

  test('says where the Swarm’s and GitHub’s are', async () => {
    const swarm = await prod.say('set mongodb_keyfile', { secret: 'x' });
    expect(swarm.err).toContain('sops edit secrets/prod/swarm.sops.yaml');
    expect(await prod.say('set QDRANT_CLOUD_API_KEY', { secret: 'management-key-0123' })).toMatchObject({ code: 0 });
    expect(prod.gh.secrets('prod')).toEqual({ QDRANT_CLOUD_API_KEY: 'management-key-0123' });
  });

  test('names what Terraform has not made', async () => {
    prod.vendors.google.secrets.delete('groq-api-key');
    const said = await prod.say('set groq-api-key', { secret: 'gsk-0123456789abcdef' });
    expect(said.err).toMatch(
      /^Google has no secret groq-api-key in project .*; Terraform makes it, so apply first\.\n$/u,
    );
  });
});

describe('generate', () => {
  test('makes tokens that overlap with the ones before', async () => {
    for (const _time of [1, 2, 3]) await prod.say('generate operator-tokens');
    const [first, second, third] = kept('operator-tokens');
    expect(second).toMatch(new RegExp(`^[\\w-]{43},${first}$`, 'u'));
    expect(third).toBe(`${third?.slice(0, 43)},${second?.slice(0, 43)}`);
  });

  test.each(['workload-key-llm-query', 'vault-signing-key'])('prints of %s the public half alone', async id => {
    const { out } = await prod.say(`generate ${id}`);
    const shown = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, string>;
    const { d, ...rest } = JSON.parse(kept(id)[0] ?? '') as Record<string, string>;
    expect(shown).toEqual({ ...rest, use: 'sig' });
    expect(out).not.toContain(d);
  });

  test('warns before the password of the backups is replaced', async () => {
    await prod.say('generate restic-password');
    const said = await prod.say('generate restic-password', { agrees: false });
    expect(said.out).toContain('Careful: Without the password');
    expect(kept('restic-password')).toHaveLength(1);
  });

  test('makes nothing that a vendor makes', async () => {
    expect(await prod.say('generate groq-api-key')).toMatchObject({ code: 1 });
  });
});

describe('rollback', () => {
  beforeEach(async () => {
    for (const secret of ['gsk-0000000000000001', 'gsk-0000000000000002', 'gsk-0000000000000003']) {
      await prod.say('set groq-api-key', { secret });
    }
  });

  test('the value before becomes the newest version', async () => {
    expect((await prod.say('rollback groq-api-key')).out).toContain('the value of version 2 becomes the current one');
    expect(kept('groq-api-key').at(-1)).toBe('gsk-0000000000000002');
  });

  test('or the one that is named', async () => {
    await prod.say('rollback groq-api-key --to 1');
    expect(kept('groq-api-key').at(-1)).toBe('gsk-0000000000000001');
    expect((await prod.say('rollback groq-api-key --to 9')).err).toContain('There are: 3, 2, 1.');
  });
});

describe('push', () => {
  const fill = async (): Promise<void> => {
    await prod.say('set groq-api-key', { secret: 'gsk-0123456789abcdef' });
    await prod.say('generate rocketchat-webhook-tokens');
    await prod.say('set rocketchat-auth-token', { secret: 'rocketchat-token-0123' });
    await prod.say('qdrant-keys');
  };

  test('gives a Worker all that changed in one call, and nothing the second time', async () => {
    await fill();
    const said = await prod.say('push --worker llm-query');
    expect(said.out).toContain('workload-key-llm-query is not set');
    expect(said.code).toBe(1);
    expect(given('llm-query')).toMatchObject({ GROQ_API_KEY: 'gsk-0123456789abcdef', GROQ_API_KEY__V1: '1' });
    expect(versions('llm-query')).toBe(2);
    await prod.say('push --worker llm-query');
    expect(versions('llm-query')).toBe(2);
    await prod.say('set groq-api-key', { secret: 'gsk-fedcba9876543210' });
    await prod.say('push --worker llm-query');
    expect(given('llm-query')).toMatchObject({ GROQ_API_KEY: 'gsk-fedcba9876543210', GROQ_API_KEY__V2: '2' });
    expect(given('llm-query')).not.toHaveProperty('GROQ_API_KEY__V1');
    expect(versions('llm-query')).toBe(3);
  });

  test('changes nothing in a dry run, and without somebody’s yes', async () => {
    await fill();
    expect((await prod.say('push --worker llm-query --dry-run')).out).toContain(
      'GROQ_API_KEY ← groq-api-key version 1',
    );
    await prod.say('push --worker llm-query', { agrees: false });
    expect(given('llm-query')).toEqual({});
  });

  test('a private key waits until somebody was told its public half', async () => {
    const { out } = await prod.say('generate workload-key-log-forwarder');
    expect((await prod.say('push --worker log-forwarder')).err).toContain(
      'terraform.tfvars.json: worker_keys.log-forwarder',
    );
    expect(given('log-forwarder')).toEqual({});

    const key = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, string>;
    const { terraform, ...rest } = prod.environment.values;
    const workerKeys = { 'log-forwarder': { keys: [key] } };
    prod.environment.values = { ...rest, terraform: { ...terraform, worker_keys: workerKeys } };
    expect(await prod.say('push --worker log-forwarder')).toMatchObject({ code: 0, err: '' });
    expect(Object.keys(given('log-forwarder'))).toEqual(['GOOGLE_WORKLOAD_KEY', 'GOOGLE_WORKLOAD_KEY__V1']);
  });

  test('a Worker that is not deployed keeps no other one from its secrets', async () => {
    await fill();
    prod.vendors.cloudflare.workers.delete('aircall-webhook');
    const said = await prod.say('push');
    expect(said.err).toContain('aircall-webhook: Cloudflare has no Worker aircall-webhook yet; deploy it, then push.');
    expect(given('llm-query')).toHaveProperty('GROQ_API_KEY');
  });
});

describe('qdrant-keys', () => {
  test('keeps two that the cluster takes, and deletes the ones before when everybody has the new', async () => {
    expect(await prod.say('qdrant-keys')).toMatchObject({ code: 0, err: '' });
    const [read] = kept('qdrant-api-key-read');
    await prod.say('push --worker llm-query');
    expect(given('llm-query')['QDRANT_API_KEY']).toBe(read);
    await prod.say('qdrant-keys --renew');
    for (const key of prod.vendors.qdrant.databaseKeys.values()) Object.assign(key, { createdAtMs: 0 });

    const early = await prod.say('qdrant-keys --retire');
    expect(early.err).toContain('llm-query may have an older key, so it stays');
    expect(prod.vendors.qdrant.databaseKeys.size).toBe(3); // functions are not deployed: their old key goes
    await prod.say('push --worker llm-query');
    expect(await prod.say('qdrant-keys --retire')).toMatchObject({ code: 0 });
    const left = [...prod.vendors.qdrant.databaseKeys.values()].map(({ value }) => value);
    expect(new Set(left)).toEqual(new Set([kept('qdrant-api-key-read').at(-1), kept('qdrant-api-key-write').at(-1)]));
  });

  test('refuses the outputs of another project', async () => {
    const { terraform, ...rest } = prod.environment.values;
    const google = { ...terraform.google, project_id: 'innkeeper-other' };
    prod.environment.values = { ...rest, terraform: { ...terraform, google } };
    expect((await prod.say('qdrant-keys')).err).toContain('the wrong environment');
  });
});

describe('cloudflare-tokens', () => {
  test('what Terraform’s state holds opens nothing any more, and GitHub has the new values', async () => {
    expect(await prod.say('cloudflare-tokens')).toMatchObject({ code: 0, err: '' });
    const values = [...prod.vendors.cloudflare.accountTokens.values()].map(({ value }) => value);
    expect(values.some(value => value.startsWith('original'))).toBe(false);
    expect(kept('embeddings-api-key')).toEqual([prod.vendors.cloudflare.accountTokens.get('embeddings')?.value]);
    await prod.say('push --github');
    const reads = { CLOUDFLARE_TOKEN_PLAN: kept('cloudflare-token-plan')[0] };
    expect(prod.gh.secrets('prod')).toEqual({ CLOUDFLARE_TOKEN_WORKERS: kept('cloudflare-token-workers')[0] });
    expect([prod.gh.secrets('prod-plan'), prod.gh.secrets('prod-watch')]).toEqual([reads, reads]);
    expect((await prod.say('cloudflare-tokens')).out).toContain('the kept one is good');
    expect(kept('cloudflare-token-plan')).toHaveLength(1);
  });
});

describe('GitHub', () => {
  test('gets a token in each environment that reads it, and the one that is behind alone again', async () => {
    await prod.say('cloudflare-tokens');
    const first = await prod.say('push --github');
    expect(first.out).toContain('GitHub, prod-plan: CLOUDFLARE_TOKEN_PLAN ← cloudflare-token-plan version 1 (absent)');
    expect(first.out).toContain('✓ prod-watch of GitHub has CLOUDFLARE_TOKEN_PLAN\n');
    expect((await prod.say('push --github')).out).toBe('');
    prod.gh.forget('prod-watch', 'CLOUDFLARE_TOKEN_PLAN');
    const again = await prod.say('push --github --dry-run');
    expect(again.out).toBe('GitHub, prod-watch: CLOUDFLARE_TOKEN_PLAN ← cloudflare-token-plan version 1 (absent)\n');
  });

  test('gets a key of the workflows’ own in each environment that reads it, and in no other', async () => {
    const hcloud = 'aB3x'.repeat(16);
    expect(await prod.say('set HCLOUD_TOKEN_READ', { secret: hcloud })).toMatchObject({ code: 0, err: '' });
    expect(prod.gh.secrets('prod')).toEqual({});
    expect(prod.gh.secrets('prod-plan')).toEqual({ HCLOUD_TOKEN: hcloud });
    expect(prod.gh.secrets('prod-watch')).toEqual({ HCLOUD_TOKEN: hcloud });
    prod.gh.forget('prod-plan', 'HCLOUD_TOKEN');
    expect((await prod.say('status')).out).toContain(
      'prod-plan of GitHub has no HCLOUD_TOKEN_READ.\n  Next: get it from console.hetzner.cloud',
    );
  });

  test('without one of its environments says where to make it', async () => {
    await prod.say('cloudflare-tokens');
    prod.gh.remove('prod-plan');
    const said = await prod.say('push --github');
    expect(said.code).toBe(1);
    expect(said.err).toContain('GitHub has no environment prod-plan that you may see. Next: .github/README.md');
  });
});

test.each([
  ['push', 'CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_API_TOKEN is not set. Next: read -rs CLOUDFLARE_API_TOKEN'],
  ['qdrant-keys --renew', 'QDRANT_CLOUD_API_KEY', 'QDRANT_CLOUD_API_KEY is not set. Next: read -rs'],
])('%s without a token asks nobody and says which one', async (line, variable, sentence) => {
  const said = await prod.say(line, {}, { [variable]: undefined });
  expect(said.code).toBe(1);
  expect(said.err).toContain(sentence);
});

describe('status', () => {
  const problems = async (): Promise<readonly string[]> => {
    const { out } = await prod.say('status --json');
    const { problems: found } = JSON.parse(out) as { problems: readonly { id: string; kind: string }[] };
    return found.filter(({ id }) => !/_/u.test(id)).map(({ id, kind }) => `${kind} ${id}`);
  };

  test('tells missing from optional, and who has another version', async () => {
    expect(await problems()).toContain('missing groq-api-key');
    expect(await problems()).not.toContain('missing dead-man-url');
    await prod.say('set groq-api-key', { secret: 'gsk-0123456789abcdef' });
    expect(await problems()).toContain('behind groq-api-key');
    await prod.say('push --worker llm-query');
    const after = await problems();
    expect(after).not.toContain('behind groq-api-key');
    expect(after).not.toContain('missing groq-api-key');
  });

  test('a function that was deployed with an older version is behind', async () => {
    for (const _time of [1, 2]) await prod.say('set dead-man-url', { secret: 'https://watch.example.com/ping' });
    const deploy = (version: string) =>
      prod.vendors.google.functions.set('launch', { updatedAtMs: Date.now(), secrets: { 'dead-man-url': version } });
    deploy('1');
    expect(await problems()).toContain('behind dead-man-url');
    deploy('2');
    expect(await problems()).not.toContain('behind dead-man-url');
    deploy('latest');
    expect(await problems()).not.toContain('behind dead-man-url');
  });

  test('what is old and what expires soon are reminders', async () => {
    const long = Date.now() - 400 * 86_400_000;
    prod.vendors.google.secrets.set('groq-api-key', [{ value: 'x', createdAtMs: long, state: 'ENABLED' }]);
    const expiresOn = new Date(Date.now() + 10.5 * 86_400_000).toISOString();
    const token = { id: 'plan', name: 'innkeeper-prod-plan', value: 'v', issuedOn: '', modifiedOn: '', expiresOn };
    prod.vendors.cloudflare.accountTokens.set('plan', token);
    const { out } = await prod.say('reminders --json');
    expect(JSON.parse(out)).toMatchObject([
      { id: 'groq-api-key', kind: 'old', sentence: 'groq-api-key is 400 days old; it is renewed after 180.' },
      { id: 'innkeeper-prod-plan', kind: 'expiring', sentence: 'The token innkeeper-prod-plan ends in 10 days.' },
    ]);
  });

  test('who does not answer is told once, and the rest all the same', async () => {
    const { out, code } = await prod.say('status', {}, { CLOUDFLARE_API_BASE_URL: 'http://127.0.0.1:1/client/v4' });
    expect(code).toBe(1);
    expect(out.match(/Cloudflare does not answer from here/gu)).toHaveLength(1);
    expect(out).toContain('✗ groq-api-key');
  });
});
