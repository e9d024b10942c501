import { randomUUID } from 'node:crypto';
import { err } from '@innkeeper/shared/result/result';
import type { Deployment } from '../deploy/deployment.ts';
import { runDeployment } from '../deploy/run-deployment.ts';
import { STAGES } from '../deploy/stages.ts';
import type { EnvironmentValues } from '../environment/environment-values.ts';
import type { Manifest } from '../functions/manifest.ts';
import type { Journal } from '../journal/journal.ts';
import { noLease } from '../journal/lease.ts';
import { contractVersions } from '../version-skew/contracts.ts';
import type { WorkerFolder } from '../worker-configuration/worker-folder.ts';
import { inMemoryJournal } from './in-memory-journal.ts';
import { Died, type Fault, type SimulatedAccount, simulatedAccount } from './simulated-account.ts';

/** What is deployed. */
export interface SimulatedRepository {
  readonly values: EnvironmentValues;
  readonly manifest: Manifest;
  readonly workers: readonly WorkerFolder[];
}

/** One run of a deployment, and what it meets. */
export interface Attempt {
  readonly commit: string;
  readonly fault?: () => Fault;
  readonly journalFault?: () => Fault;
  readonly folders?: readonly WorkerFolder[];
}

export type Ended =
  | { readonly kind: 'ended'; readonly deployment: Deployment }
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'died' };

/** Deployments to one simulated account, one after another or at once. */
export class Simulation {
  readonly account: SimulatedAccount;
  readonly journal: Journal = inMemoryJournal();
  readonly #workers: readonly WorkerFolder[];
  constructor({ values, manifest, workers }: SimulatedRepository) {
    this.account = simulatedAccount(values, manifest);
    this.#workers = workers;
  }

  async deploy({ commit, fault, journalFault = () => 'none', folders = this.#workers }: Attempt): Promise<Ended> {
    const id = randomUUID();
    const journal = faulty(this.journal, journalFault);
    const lease = noLease();
    const options = { stages: STAGES, journal, lease, workers: folders, ...(fault === undefined ? {} : { fault }) };
    const request = {
      id,
      environment: 'staging',
      who: 'ada',
      commit,
      stages: STAGES,
      contracts: contractVersions(),
    } as const;
    try {
      const targets = this.account.targets(commit, id, options);
      const ended = await runDeployment(request, targets, {
        journal,
        lease,
        clock: this.account.clock,
        tell: () => undefined,
      });
      return ended.ok
        ? { kind: 'ended', deployment: ended.value }
        : { kind: 'refused', sentence: ended.error.sentence };
    } catch (error) {
      if (error instanceof Died) return { kind: 'died' };
      throw error;
    }
  }

  /** What serves now, by target. */
  serving(): Record<string, string | undefined> {
    const { world } = this.account;
    return {
      swarm: world.swarm,
      ...Object.fromEntries(
        Object.entries(world.functions).map(([name, { traffic, revisions }]) => [
          `function/${name}`,
          traffic === 'latest' ? revisions.at(-1) : traffic,
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(world.workers).map(([name, { split }]) => [
          `worker/${name.replace(/-staging$/u, '')}`,
          split.find(({ percentage }) => percentage === 100)?.version_id,
        ]),
      ),
    };
  }

  /** Whether every Worker serves a version of that commit to everybody, and so on. */
  isAll(commit: string): boolean {
    const { world } = this.account;
    return (
      world.swarm === commit &&
      Object.values(world.functions).every(({ traffic }) => traffic === 'latest') &&
      Object.values(world.workers).every(
        ({ split, versions }) =>
          split.length === 1 &&
          versions.find(({ id }) => id === split[0]?.version_id)?.tag.startsWith(commit.slice(0, 12)),
      )
    );
  }
}

function faulty(journal: Journal, fault: () => Fault): Journal {
  const unavailable = err({ kind: 'unavailable', detail: 'unlucky' } as const);
  return {
    read: journal.read,
    write: async (deployment, generation) => {
      const chosen = fault();
      if (chosen === 'die_before') throw new Died();
      if (chosen === 'fail_before') return unavailable;
      const written = await journal.write(deployment, generation);
      if (chosen === 'die_after') throw new Died();
      return chosen === 'fail_after' || chosen === 'hang_after' ? unavailable : written;
    },
  };
}
