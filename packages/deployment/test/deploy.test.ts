import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeploymentOutcome } from '../src/deploy/outcome.ts';
import { readEnvironment } from '../src/environment/read-environment.ts';
import { readManifest } from '../src/functions/manifest.ts';
import { exampleDeployment } from '../src/testing/journal-contract.ts';
import { simulatedAccount } from '../src/testing/simulated-account.ts';
import { type Storage, startStorage } from '../src/testing/start-storage.ts';

/** `./dev deploy` as a person starts it: a process, its arguments, programs on the PATH, the bucket over HTTP. */
const ROOT = join(import.meta.dirname, '../../..');
const MAIN = join(import.meta.dirname, '../src/main.ts');
const PROGRAMS = ['ansible-playbook', 'gcloud', 'git', 'node', 'terraform', 'wrangler'];
const COMMIT = 'c'.repeat(40);
const SECRET = 'a-token-that-nobody-may-see';

let programs: string;
/** The same few programs start dozens of times. */
const compiled = (): string => join(programs, 'compiled');
beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), 'innkeeper-programs-'));
  await build({
    entryPoints: [join(import.meta.dirname, 'support/run-stand-in.ts')],
    outfile: join(programs, 'run-stand-in.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
});
afterAll(() => rm(programs, { recursive: true }));

let home: string;
let storage: Storage;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'innkeeper-deploy-'));
  storage = await startStorage({ bucket: 'innkeeper-staging-tfstate', token: 'token-of-nobody' });
  const [values, manifest] = [await readEnvironment(ROOT, 'staging'), await readManifest(ROOT)];
  if (!values.ok || !manifest.ok) throw new Error('this repository cannot be read');
  const { world } = simulatedAccount(values.value, manifest.value);
  world.checkouts[join(ROOT)] = COMMIT;
  await writeFile(join(home, 'world.json'), JSON.stringify(world));
  for (const program of PROGRAMS) {
    const file = join(home, program);
    const words = `'${process.execPath}' '${join(programs, 'run-stand-in.mjs')}' ${program}`;
    await writeFile(file, `#!/bin/sh\nNODE_COMPILE_CACHE='${compiled()}' exec ${words} "$@"\n`);
    await chmod(file, 0o755);
  }
});
afterEach(async () => {
  await storage.close();
  await rm(home, { recursive: true });
});

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

function deploy(...words: string[]): Promise<Ended> {
  return endOf(start(...words));
}

const start = (...words: string[]) =>
  spawn(process.execPath, [MAIN, ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${home}:/usr/bin:/bin`,
      HOME: home,
      TMPDIR: home,
      NODE_COMPILE_CACHE: compiled(),
      STORAGE_BASE_URL: storage.url,
      GITHUB_ACTOR: 'ada',
      CLOUDFLARE_API_TOKEN: SECRET,
      CLOUDFLARE_WORKERS_TOKEN: SECRET,
    },
  });

function endOf(child: ReturnType<typeof start>): Promise<Ended> {
  return new Promise(resolve => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    child.on('close', exitCode => resolve({ exitCode, output }));
  });
}

const calls = async (): Promise<string> => readFile(join(home, 'calls.log'), 'utf8');

describe('./dev deploy', () => {
  it('applies the plan that was judged, and leaves its outcome', async () => {
    const outcomeFile = join(home, 'outcome.json');
    const ended = await deploy('--env', 'staging', '--only', 'terraform', '--outcome', outcomeFile);
    expect(ended).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('✓ healthy: staging runs cccccccccccc.') as string,
    });
    const outcome = JSON.parse(await readFile(outcomeFile, 'utf8')) as DeploymentOutcome;
    expect(outcome).toMatchObject({ outcome: 'healthy', nextStep: 'Nothing.', warnings: [] });
    const seen = (await calls()).split('\n');
    const [planned = '', judged = '', applied = ''] = ['plan ', '--plan ', 'apply '].map(word =>
      seen.find(line => line.includes(word)),
    );
    expect(judged).toContain('packages/terraform-check/src/main.ts');
    expect(applied.split(' ').at(-1)).toBe(/-out=(\S+)/u.exec(planned)?.[1]);
    expect(await calls()).not.toContain(SECRET);
  });

  it('takes back nothing it did not touch, and says what failed and what to do', async () => {
    const outcomeFile = join(home, 'outcome.json');
    await writeFile(join(home, 'terraform'), '#!/bin/sh\necho "Error: no quota" >&2\nexit 1\n');
    const ended = await deploy('--env', 'staging', '--only', 'terraform', '--json', '--outcome', outcomeFile);
    expect(ended.exitCode).toBe(1);
    expect(JSON.parse(await readFile(outcomeFile, 'utf8'))).toMatchObject({
      outcome: 'failed',
      stage: 'terraform',
      sentence: 'Initialisation of staging: terraform ended with 1. Error: no quota Nothing that serves was changed.',
    });
  });

  it('changes nothing in a dry run', async () => {
    const before = await readFile(join(home, 'world.json'), 'utf8');
    const ended = await deploy('--env', 'staging', '--only', 'terraform,ansible,workers', '--dry-run');
    expect(ended).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Terraform: 1 to make, 0 to change') as string,
    });
    expect(ended.output).toContain('llm-query-staging is deployed for the first time.');
    expect(await readFile(join(home, 'world.json'), 'utf8')).toBe(before);
    expect(await calls()).not.toMatch(/ apply /u);
  });

  it('is refused while another one runs', async () => {
    const deployment = exampleDeployment({ expiresAt: new Date(Date.now() + 60_000).toISOString(), who: 'grace' });
    const query = new URLSearchParams({
      uploadType: 'media',
      name: 'deployments/staging.json',
      ifGenerationMatch: '0',
    });
    await fetch(`${storage.url}/upload/storage/v1/b/innkeeper-staging-tfstate/o?${query.toString()}`, {
      method: 'POST',
      body: JSON.stringify(deployment),
      headers: { authorization: 'Bearer token-of-nobody' },
    });
    const ended = await deploy('--env', 'staging', '--only', 'terraform');
    expect(ended.exitCode).toBe(1);
    expect(ended.output).toMatch(
      /^grace has been deploying aaaaaaaaaaaa to staging since 2026-11-22T06:00:00\.000Z; two/u,
    );
    expect(ended.output).toContain('run this again after');
    expect(await calls()).not.toContain('terraform');
  });

  it('is refused for an environment that does not exist', async () => {
    const ended = await deploy('--env', 'production');
    expect(ended).toMatchObject({ exitCode: 2, output: expect.stringContaining('"production"') as string });
  });

  it('asks nobody before prod where nobody could answer', async () => {
    await storage.close();
    storage = await startStorage({ bucket: 'innkeeper-prod-tfstate', token: 'token-of-nobody' });
    const ended = await deploy('--env', 'prod', '--only', 'terraform');
    expect(ended.exitCode).toBe(1);
    expect(ended.output).toContain('Terraform: 1 to make');
    expect(ended.output).toContain('Nobody is here to be asked before prod is deployed.\n→ Say --yes.');
    expect(await calls()).not.toMatch(/ apply /u);
  });

  it('is stopped by a person, and leaves no lock behind', async () => {
    const started = join(home, 'started');
    await writeFile(join(home, 'terraform'), `#!/bin/sh\n: >'${started}'\nexec sleep 60\n`);
    const running = start('--env', 'staging', '--only', 'terraform');
    const ended = endOf(running);
    await vi.waitUntil(() => existsSync(started), { timeout: 20_000 });
    running.kill('SIGINT');
    expect(await ended).toMatchObject({ exitCode: 1, output: expect.stringContaining('✗ failed: ') as string });
    await writeFile(join(home, 'terraform'), '#!/bin/sh\necho again >&2\nexit 1\n');
    expect((await deploy('--env', 'staging', '--only', 'terraform')).output).toContain('again');
  });

  it('says which program is missing', async () => {
    await rm(join(home, 'terraform'));
    const ended = await deploy('--env', 'staging', '--only', 'terraform');
    expect(ended.output).toContain('Initialisation of staging: there is no terraform on the PATH.');
  });
});

describe('./dev deploy worker-configuration', () => {
  it('says what keeps a configuration from being made', async () => {
    const outputs = join(home, 'outputs.json');
    const { outputs: said } = JSON.parse(await readFile(join(home, 'world.json'), 'utf8')) as { outputs: object };
    await writeFile(outputs, JSON.stringify(said));
    const ended = await deploy('worker-configuration', '--env', 'staging', '--outputs', outputs, '--write');
    expect(ended).toEqual({
      exitCode: 1,
      output:
        'No public key may sign tokens of the vault: nobody could open it.\n' +
        '→ Make one by ./dev backups vault-key, list it in packages/deployment/settings/staging.json.\n',
    });
  });
});
