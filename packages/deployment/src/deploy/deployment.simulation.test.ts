import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EnvironmentValues } from '../environment/environment-values.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { type Manifest, readManifest } from '../functions/manifest.ts';
import { LEASE_MS } from '../journal/held-journal.ts';
import type { Fault } from '../testing/simulated-account.ts';
import { type Ended, Simulation } from '../testing/simulation.ts';
import { LOG_FORWARDER } from '../worker-configuration/deployed-configuration.ts';
import { readWorkerFolders, type WorkerFolder } from '../worker-configuration/worker-folder.ts';
import type { Deployment } from './deployment.ts';
import { outcomeOf } from './outcome.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);

let values: EnvironmentValues;
let manifest: Manifest;
let workers: readonly WorkerFolder[];
beforeAll(async () => {
  const [environment, functions, folders] = [
    await readEnvironment(ROOT, 'staging'),
    await readManifest(ROOT),
    await readWorkerFolders(ROOT),
  ];
  if (!environment.ok || !functions.ok || !folders.ok) throw new Error('this repository cannot be read');
  const key = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) };
  values = { ...environment.value, settings: { ...environment.value.settings, vaultPublicKeys: [key] } };
  manifest = functions.value;
  workers = folders.value;
});

/** Which call of an attempt meets which fault. */
const faults = fc.array(
  fc.record({
    at: fc.nat({ max: 180 }),
    fault: fc.constantFrom<Fault>('fail_before', 'fail_after', 'hang_after', 'die_before', 'die_after'),
  }),
  { maxLength: 4 },
);
const planned = (list: readonly { at: number; fault: Fault }[]): (() => Fault) => {
  let calls = -1;
  return () => {
    calls += 1;
    return list.find(({ at }) => at === calls)?.fault ?? 'none';
  };
};

describe('a deployment', () => {
  it('brings everything to the commit, and the same commit again changes no function', async () => {
    const simulation = new Simulation({ values, manifest, workers });
    expect(await simulation.deploy({ commit: OLD })).toMatchObject({
      kind: 'ended',
      deployment: { outcome: 'healthy' },
    });
    expect(simulation.isAll(OLD)).toBe(true);
    const secrets = Object.values(simulation.account.world.secrets).flatMap(versions =>
      versions.map(({ value }) => value),
    );
    const seen = simulation.account.argumentsSeen.join('\n');
    expect(secrets.filter(secret => seen.includes(secret))).toEqual([]);
    const revisions = JSON.stringify(simulation.account.world.functions);
    expect(await simulation.deploy({ commit: OLD })).toMatchObject({ deployment: { outcome: 'healthy' } });
    expect(JSON.stringify(simulation.account.world.functions)).toBe(revisions);
    expect(simulation.isAll(OLD)).toBe(true);
  });

  it.each(['worker/llm-query', 'worker/guesty-webhook', 'worker/log-forwarder', 'swarm'])(
    'takes everything back where %s is not healthy in the new commit',
    async target => {
      const simulation = new Simulation({ values, manifest, workers });
      await simulation.deploy({ commit: OLD });
      const before = simulation.serving();
      simulation.account.sick.set(NEW, new Set([target]));
      const ended = await simulation.deploy({ commit: NEW });
      expect(ended).toMatchObject({ kind: 'ended', deployment: { outcome: 'rolled_back' } });
      expect(simulation.serving()).toEqual(before);
      // A rollback pins functions; the next deployment has to lift that.
      simulation.account.sick.clear();
      expect(await simulation.deploy({ commit: NEW })).toMatchObject({ deployment: { outcome: 'healthy' } });
      expect(simulation.isAll(NEW)).toBe(true);
    },
  );

  it.each(['worker/llm-query', 'worker/log-forwarder'])(
    'serves no new version of any Worker where the preview of %s does not answer',
    async target => {
      const simulation = new Simulation({ values, manifest, workers });
      await simulation.deploy({ commit: OLD });
      simulation.account.sick.set(NEW, new Set([target]));
      const seen = simulation.account.argumentsSeen.length;
      await simulation.deploy({ commit: NEW });
      const promotions = simulation.account.argumentsSeen
        .slice(seen)
        .filter(
          words => words.startsWith('versions deploy') && words.includes(`commit ${NEW}`) && words.includes('@100%'),
        );
      expect(promotions.filter(words => !words.includes('@0%'))).toEqual([]);
    },
  );

  it('puts the Worker that others tail into there before them, and never takes it away', async () => {
    const simulation = new Simulation({ values, manifest, workers });
    const folders = workers.filter(({ name }) => name !== LOG_FORWARDER);
    await simulation.deploy({ commit: OLD, folders });
    const before = simulation.serving();
    expect(before).not.toHaveProperty('worker/log-forwarder');
    simulation.account.sick.set(NEW, new Set(['worker/llm-query']));
    // The stand-in of wrangler refuses a tail consumer that does not exist.
    expect(await simulation.deploy({ commit: NEW })).toMatchObject({ deployment: { outcome: 'rolled_back' } });
    const { 'worker/log-forwarder': forwarder, ...others } = simulation.serving();
    expect(forwarder).toBeDefined();
    expect(others).toEqual(before);
    simulation.account.sick.clear();
    await simulation.deploy({ commit: NEW });
    // A setting that no version carries: Workers that were there before are tailed by it as well.
    for (const [name, { tails }] of Object.entries(simulation.account.world.workers)) {
      expect({ name, tails }).toEqual({ name, tails: name.startsWith(LOG_FORWARDER) ? [] : ['log-forwarder-staging'] });
    }
  });

  it('begins nothing where a function lacks a secret it needs, and leaves out what it does not need', async () => {
    const simulation = new Simulation({ values, manifest, workers });
    const { secrets } = simulation.account.world;
    const enabled = { value: 'x', state: 'ENABLED' } as const;
    Object.assign(secrets, { 'dead-man-url': [], 'hcloud-token': [{ ...enabled, state: 'DISABLED' }] });
    expect(await simulation.deploy({ commit: OLD })).toEqual({
      kind: 'refused',
      sentence: 'Function launch needs what has no enabled version in Secret Manager: hcloud-token.',
    });
    expect(simulation.serving()).toEqual({ swarm: undefined });
    Object.assign(secrets, { 'hcloud-token': [enabled, enabled, { ...enabled, state: 'DISABLED' }] });
    expect(await simulation.deploy({ commit: OLD })).toMatchObject({ deployment: { outcome: 'healthy' } });
    const launched = simulation.account.argumentsSeen.find(words => words.startsWith('functions deploy launch '));
    expect(launched).toContain('HCLOUD_TOKEN=hcloud-token:2,');
    expect(launched).not.toContain('DEAD_MAN_URL');
  });

  it('stops the rollback at a migration, and says what stays', async () => {
    const simulation = new Simulation({ values, manifest, workers });
    await simulation.deploy({ commit: OLD });
    const migrated = workers.map(folder =>
      folder.name === 'guesty-webhook'
        ? { ...folder, base: { ...folder.base, migrations: [...(folder.base.migrations ?? []), { tag: 'v9' }] } }
        : folder,
    );
    simulation.account.sick.set(NEW, new Set(['worker/llm-query']));
    const before = simulation.serving();
    const ended = await simulation.deploy({ commit: NEW, folders: migrated });
    if (ended.kind !== 'ended') throw new Error(ended.kind);
    const outcome = outcomeOf(ended.deployment);
    expect(outcome.outcome).toBe('rollback_failed');
    expect(outcome.sentence).toContain('Not taken back: swarm, ');
    expect(outcome.changed).toContain('worker/guesty-webhook');
    expect(outcome.warnings.join(' ')).toContain('has gone through the migration v9, which nothing takes back.');
    expect(simulation.serving()['worker/llm-query']).toBe(before['worker/llm-query']);
    // With the old code nothing may be deployed over it.
    expect(await simulation.deploy({ commit: OLD })).toMatchObject({
      deployment: {
        outcome: 'rollback_failed',
        failure: { sentence: expect.stringContaining('which this commit does not know') as string },
      },
    });
    simulation.account.sick.clear();
    expect(await simulation.deploy({ commit: NEW, folders: migrated })).toMatchObject({
      deployment: { outcome: 'healthy' },
    });
  });

  it('refuses a second one, says who holds it, and takes over from one that died', async () => {
    const simulation = new Simulation({ values, manifest, workers });
    expect(await simulation.deploy({ commit: OLD, fault: planned([{ at: 20, fault: 'die_after' }]) })).toEqual({
      kind: 'died',
    });
    const second = await simulation.deploy({ commit: NEW });
    expect(second).toMatchObject({
      kind: 'refused',
      sentence: expect.stringMatching(/^ada has been deploying a{12} to staging since /u) as string,
    });
    simulation.account.clock.advance(LEASE_MS + 1);
    expect(await simulation.deploy({ commit: NEW })).toMatchObject({ deployment: { outcome: 'healthy' } });
    expect(simulation.isAll(NEW)).toBe(true);
  });

  it('changes nothing more once another has taken over', async () => {
    const simulation = new Simulation({ values, manifest, workers });
    await simulation.deploy({ commit: OLD });
    let overtaking: Promise<Ended> | undefined;
    let calls = 0;
    const fault = (): Fault => {
      calls += 1;
      // Longer than its lease, as a laptop that was closed; meanwhile another deployment runs from end to end.
      if (calls === 40) {
        simulation.account.clock.advance(LEASE_MS + 1);
        overtaking = simulation.deploy({ commit: OLD });
      }
      return 'none';
    };
    const stalled = await simulation.deploy({ commit: NEW, fault });
    expect(stalled).toMatchObject({ kind: 'refused', sentence: expect.stringContaining('has taken over') as string });
    expect(await overtaking).toMatchObject({ deployment: { outcome: 'healthy' } });
  });

  it('lets one of two win that begin at the same moment', async () => {
    const simulation = new Simulation({ values, manifest, workers });
    await simulation.deploy({ commit: OLD });
    const both = await Promise.all([simulation.deploy({ commit: NEW }), simulation.deploy({ commit: NEW })]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['ended', 'refused']);
    expect(simulation.isAll(NEW)).toBe(true);
  });

  it('ends new and healthy, or old, or says what is mixed, whatever fails and however often it is run', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ programs: faults, journal: faults }), { minLength: 1, maxLength: 3 }),
        fc.option(fc.constantFrom('worker/llm-query', 'worker/aircall-webhook', 'swarm'), { nil: undefined }),
        async (attempts, sick) => {
          const simulation = new Simulation({ values, manifest, workers });
          await simulation.deploy({ commit: OLD });
          const before = simulation.serving();
          if (sick !== undefined) simulation.account.sick.set(NEW, new Set([sick]));
          const all = [...attempts, { programs: [], journal: [] }];
          let last: Ended = { kind: 'died' };
          for (const { programs, journal } of all) {
            last = await simulation.deploy({ commit: NEW, fault: planned(programs), journalFault: planned(journal) });
            if (last.kind === 'ended') judge(simulation, last.deployment, before);
            if (last.kind === 'ended' && last.deployment.outcome === 'healthy') return;
            simulation.account.clock.advance(LEASE_MS + 1);
          }
          expect(last.kind).toBe('ended');
          if (last.kind !== 'ended') return;
          expect(last.deployment.outcome).toBe(sick === undefined ? 'healthy' : 'rolled_back');
        },
      ),
      { numRuns: 60 },
    );
  }, 30_000);
});

function judge(simulation: Simulation, deployment: Deployment, before: Record<string, string | undefined>): void {
  const outcome = outcomeOf(deployment);
  const serving = simulation.serving();
  const moved = Object.keys(serving).filter(name => serving[name] !== before[name]);
  // New altogether; or whatever does not serve what it did before is named.
  const isTrue =
    outcome.outcome === 'healthy' ? simulation.isAll(NEW) : moved.every(name => outcome.changed.includes(name));
  expect({ isTrue, moved, outcome }).toEqual({ isTrue: true, moved, outcome });
}
