import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ok } from '@innkeeper/shared/result/result';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeployEnvironment, deployEnvironment } from '../src/deploy/deploy-environment.ts';
import type { DeploymentOutcome } from '../src/deploy/outcome.ts';
import type { DeployCommand } from '../src/deploy/read-command.ts';
import { STAGES } from '../src/deploy/stages.ts';
import { createScreen } from '../src/deploy/tell-deployment.ts';
import { readEnvironment } from '../src/environment/read-environment.ts';
import { readManifest } from '../src/functions/manifest.ts';
import type { CloudWorld } from '../src/testing/cloud-world.ts';
import { simulatedAccount, standInRunner } from '../src/testing/simulated-account.ts';
import { type Storage, startStorage } from '../src/testing/start-storage.ts';

/** This repository's own environment, with real files and the bucket over HTTP; the programs are stand-ins. */
const ROOT = join(import.meta.dirname, '../../..');
let home: string;
let storage: Storage;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'innkeeper-environment-'));
  storage = await startStorage({ bucket: 'innkeeper-dev-tfstate', token: 'token-of-nobody' });
});
afterEach(async () => {
  await storage.close();
  await rm(home, { recursive: true });
});

async function accountOfDev(): Promise<CloudWorld> {
  const [values, manifest] = [await readEnvironment(ROOT, 'dev'), await readManifest(ROOT)];
  if (!values.ok || !manifest.ok) throw new Error('this repository cannot be read');
  const { world } = simulatedAccount(values.value, manifest.value);
  world.checkouts[ROOT] = 'd'.repeat(40);
  return world;
}

const partsOf = (world: CloudWorld): DeployEnvironment => ({
  root: ROOT,
  folder: home,
  who: 'ada',
  runner: standInRunner(world, path => readFileSync(path, 'utf8')),
  clock: { now: () => Date.now(), pause: async () => undefined },
  screen: createScreen(() => undefined, true),
  // The operator's own inventory lies where this would be written.
  writeText: (path, text) => writeFile(join(home, basename(path)), text),
  bundle: async ({ name }) => ok({ folder: home, variablesFile: home, contentHash: name }),
  http: { send: async ({ url }) => ok({ status: new URL(url).hostname.endsWith('.run.app') ? 405 : 200 }) },
  storage: { baseUrl: storage.url, fetch: (url, init) => fetch(url, init) },
  confirm: async () => ok(false),
});

const commandWith = (changes: Partial<DeployCommand>): DeployCommand => ({
  kind: 'deploy',
  environment: 'dev',
  stages: STAGES,
  dryRun: false,
  yes: true,
  json: true,
  outcomeFile: join(home, 'outcome.json'),
  ...changes,
});

const outcome = async (): Promise<DeploymentOutcome> =>
  JSON.parse(await readFile(join(home, 'outcome.json'), 'utf8')) as DeploymentOutcome;

describe('deployEnvironment', () => {
  it('deploys every function of the manifest, and says what each serves', async () => {
    const world = await accountOfDev();
    const command = commandWith({ stages: ['functions', 'verify'] });
    expect(await deployEnvironment(command, partsOf(world))).toEqual({ ok: true, value: 'healthy' });
    const manifest = await readManifest(ROOT);
    const names = Object.keys(manifest.ok ? manifest.value : {}).toSorted();
    expect(Object.keys(world.functions).toSorted()).toEqual(names);
    const { versions } = await outcome();
    expect(Object.keys(versions.after).toSorted()).toEqual(names.map(name => `function/${name}`));
  });

  it('asks every Worker how it is where only a look is wanted', async () => {
    const world = await accountOfDev();
    await deployEnvironment(commandWith({ stages: ['functions'] }), partsOf(world));
    const asked: string[] = [];
    const { http, ...parts } = partsOf(world);
    const listening: DeployEnvironment['http'] = {
      send: request => {
        asked.push(request.url);
        return http.send(request);
      },
    };
    const looked = await deployEnvironment(commandWith({ stages: ['verify'] }), { ...parts, http: listening });
    expect(looked).toEqual({ ok: true, value: 'healthy' });
    const values = await readEnvironment(ROOT, 'dev');
    const { chat, login, ...ofWorkers } = values.ok ? values.value.terraform.hostnames : { chat: '', login: '' };
    expect(Object.keys(ofWorkers)).toContain('log_forwarder');
    const health = Object.values(ofWorkers).map(hostname => `https://${hostname}/healthz`);
    expect(asked).toEqual(expect.arrayContaining(health));
    expect(asked.filter(url => url.includes(chat) || url.includes(login))).toHaveLength(2);
  });

  it('changes no Worker where the configuration of one of them cannot be made', async () => {
    const world = await accountOfDev();
    expect(await deployEnvironment(commandWith({}), partsOf(world))).toEqual({ ok: true, value: 'rolled_back' });
    expect(world.workers).toEqual({});
    expect(await outcome()).toMatchObject({
      stage: 'workers',
      sentence:
        'No public key may sign tokens of the vault: nobody could open it. What had been deployed was taken back; ' +
        'what Terraform applied stays, because nothing takes it back but a new plan.',
      nextStep: 'Make one by ./dev backups vault-key, list it in packages/deployment/settings/dev.json.',
    });
  });
});
