import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { looksRandom } from '../secrets-scan/own-rules.ts';
import { scanText } from '../secrets-scan/scan-text.ts';
import { findSecretsInHistory } from './secrets-scan.ts';

/** Secrets here are made while the test runs: written down, the check would find them in this very file. */
const random = (bytes: number): string => randomBytes(bytes).toString('base64url');
const letters = (count: number): string =>
  `aB3${randomBytes(count * 2)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/gu, '')}`.slice(0, count);
const jwk = (): string => JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));

let template: string;
let root: string;
beforeAll(() => {
  template = mkdtempSync(join(tmpdir(), 'secrets-scan-'));
  root = template;
  git('init', '--quiet', '--initial-branch=main');
  commit('README.md', 'Nothing here.');
});
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'secrets-scan-'));
  cpSync(template, root, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));
afterAll(() => rmSync(template, { recursive: true }));

function git(...words: string[]): string {
  const identity = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...words], { cwd: root, encoding: 'utf8' });
}
function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
function commit(path: string, text: string, message = 'A change'): void {
  write(path, text);
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}
const memory = (): string => join(root, '.git/scan-memory.json');
const scan = (allowed: Record<string, string> = {}) => findSecretsInHistory(root, { allowed, memory: memory() });

describe('findSecretsInHistory', () => {
  it('finds nothing where there is nothing', async () => {
    expect(await scan()).toEqual([]);
  });

  it('finds what was deleted later, and never shows it', async () => {
    const token = letters(64);
    commit('deploy.env', `HCLOUD=${token}\n`);
    const hash = git('rev-parse', '--short', 'HEAD').trim();
    git('rm', '--quiet', 'deploy.env');
    git('commit', '--quiet', '--message', 'Clean up');
    const problems = await scan();
    expect(problems).toEqual([expect.stringContaining(`deploy.env:1, commit ${hash}: hetzner-token.`) as string]);
    expect(problems.join()).not.toContain(token);
  });

  it.each([
    ['a commit message', () => commit('a', 'b', `Use whsec_${randomBytes(24).toString('base64')}`)],
    [
      'a branch that nobody has checked out',
      () => {
        git('checkout', '--quiet', '-b', 'aside');
        commit('key.json', jwk());
        git('checkout', '--quiet', 'main');
      },
    ],
    [
      'a stash',
      () => {
        write('README.md', jwk());
        git('stash', '--quiet');
      },
    ],
    [
      'a tag alone',
      () => {
        git('checkout', '--quiet', '--detach');
        commit('key.json', jwk());
        git('tag', 'v1');
        git('checkout', '--quiet', 'main');
      },
    ],
    ['a file that is not committed', () => write('key.json', jwk())],
    ['a file that is changed', () => write('README.md', jwk())],
  ])('looks into %s', async (_name, plant) => {
    plant();
    expect(await scan()).toHaveLength(1);
  });

  it('lets pass what is allowed by its fingerprint, and nothing beside it', async () => {
    commit('fixture.json', jwk());
    const fingerprint = /as ([0-9a-f]{20}),/u.exec((await scan()).join())?.[1] ?? '';
    expect(await scan({ [fingerprint]: 'an invented key for the test' })).toEqual([]);
    commit('another.json', jwk());
    expect(await scan({ [fingerprint]: 'an invented key for the test' })).toHaveLength(1);
  });

  it('tells what is allowed though it is nowhere, also where only new commits are read', async () => {
    commit('fixture.json', jwk());
    const fingerprint = /as ([0-9a-f]{20}),/u.exec((await scan()).join())?.[1] ?? '';
    const gone = '0'.repeat(20);
    const allowed = { [fingerprint]: 'an invented key for the test', [gone]: 'a key that was never here' };
    const told = [expect.stringContaining(`allows ${gone}, and nothing here has it`) as string];
    expect(await scan(allowed)).toEqual(told);
    commit('README.md', 'Nothing new.');
    expect(await scan(allowed)).toEqual(told);
  });

  it('remembers what was clean, and no more than that', async () => {
    await scan();
    const first = readFileSync(memory(), 'utf8');
    commit('key.json', jwk());
    expect(await scan()).toHaveLength(1);
    expect(readFileSync(memory(), 'utf8')).toBe(first);
    expect(await scan()).toHaveLength(1);
    git('reset', '--quiet', '--hard', 'HEAD~1');
    expect(await scan()).toEqual([]);
  });

  it('reads everything again when rules changed or the memory is spoilt', async () => {
    commit('key.json', jwk());
    const heads = JSON.stringify({ rules: 'of another time', clean: [git('rev-parse', 'HEAD').trim()] });
    for (const spoilt of [heads, '{"rules":']) {
      writeFileSync(memory(), spoilt);
      expect(await scan()).toHaveLength(1);
    }
  });

  it('refuses half a history', async () => {
    const copy = `${root}-shallow`;
    commit('a', 'b');
    git('clone', '--quiet', '--depth=1', `file://${root}`, copy);
    expect(await findSecretsInHistory(copy, { allowed: {}, memory: memory() })).toEqual([
      expect.stringContaining('fetch-depth: 0') as string,
    ]);
    rmSync(copy, { recursive: true });
  });
});

describe('scanText', () => {
  it.each([
    ['guesty-webhook-secret', () => `whsec_${randomBytes(32).toString('base64')}`],
    ['private-jwk', jwk],
    ['private-jwk', () => JSON.stringify(jwk())],
    ['restic-password', () => `export RESTIC_PASSWORD=${random(32)}`],
    ['hetzner-token', () => `token: ${letters(64)}`],
    ['rocketchat-hook', () => `https://chat.example.com/hooks/${letters(17)}/${letters(48)}`],
    ['rocketchat-token', () => `"X-Auth-Token": "${letters(43)}"`],
    ['groq-key', () => ['gsk', letters(52)].join('_')],
    ['assigned-secret', () => `OPERATOR_TOKENS=${random(32)}`],
    ['assigned-secret', () => `"CLOUDFLARE_API_TOKEN": "${letters(40)}"`],
    [
      'pem-private-key',
      () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ],
    ['database-connection-string', () => ['mongodb:/', `/backup:${letters(24)}@db.internal:27017/chat`].join('')],
    ['github', () => ['ghp', letters(36)].join('_')],
  ])('knows %s', async (rule, make) => {
    const found = await scanText('settings.txt', `# settings\n${make()}\n`);
    expect(found).toContainEqual({ rule, line: 2, fingerprint: expect.any(String) as string });
  });

  it.each([
    ['a digest', () => randomBytes(32).toString('hex')],
    ['a checksum of a lockfile', () => `integrity: sha512-${randomBytes(64).toString('base64')}`],
    [
      'what age encrypted',
      () => ['-----BEGIN AGE ENCRYPTED FILE-----', letters(64), '-----END AGE ENCRYPTED FILE-----'].join('\n'),
    ],
    ['words', () => 'ROCKETCHAT_WEBHOOK_TOKENS=tokens-of-the-outgoing-webhook'],
    ['a reference', () => 'RESTIC_PASSWORD: secrets.resticPassword'],
    ['a public key', () => JSON.stringify(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }))],
  ])('leaves %s alone', async (_name, make) => {
    expect(await scanText('settings.txt', make())).toEqual([]);
  });

  it('finds what somebody forgot to encrypt', async () => {
    const file = (two: string): string =>
      `swarm_secrets:\n  one: ENC[AES256_GCM,data:x]\n  two: ${two}\n  three: ""\nsops:\n  version: 3.13.3\n`;
    const found = [{ rule: 'unencrypted-sops-value', line: 3 }];
    for (const two of ['hunter', '"hunter"', '|\n    of several\n    lines', '17']) {
      expect(await scanText('secrets/prod/swarm.sops.yaml', file(two))).toMatchObject(found);
    }
    expect(await scanText('secrets/prod/swarm.sops.yaml', file('ENC[y]'))).toEqual([]);
  });

  it('is not switched off by a comment', async () => {
    expect(await scanText('a.txt', `// secretlint-disable\n${['ghp', letters(36)].join('_')}\n`)).toHaveLength(1);
  });
});

it('tells what a machine made from what a person wrote', () => {
  const made = Array.from({ length: 1000 }, () => random(32)).filter(text => /\d/u.test(text));
  expect(made.filter(text => !looksRandom(text))).toEqual([]);
  expect(looksRandom('correct-horse-battery-staple')).toBe(false);
  expect(looksRandom('0123456789abcdef0123456789abcdef')).toBe(true);
});
