import { createHash } from 'node:crypto';
import { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { allTargets } from '../deploy/all-targets.ts';
import type { Stage } from '../deploy/stages.ts';
import type { Target } from '../deploy/target.ts';
import type { EnvironmentValues } from '../environment/environment-values.ts';
import type { BundleFunction } from '../functions/bundle-function.ts';
import type { Manifest } from '../functions/manifest.ts';
import type { Journal } from '../journal/journal.ts';
import { type Lease, withinLease } from '../journal/lease.ts';
import type { HttpProbe, ProbeAnswer } from '../probes/http-probe.ts';
import type { Clock } from '../programs/clock.ts';
import type { ProgramCall, ProgramRunner } from '../programs/program-runner.ts';
import type { WorkerFolder } from '../worker-configuration/worker-folder.ts';
import type { CloudWorld } from './cloud-world.ts';
import { exampleOutputs } from './example-outputs.ts';
import { STAND_IN_PROGRAMS } from './stand-in-programs.ts';

/** What happens to one call of a program. */
export type Fault = 'none' | 'fail_before' | 'fail_after' | 'hang_after' | 'die_before' | 'die_after';

/** Ends a simulated process between two steps, as a machine does that loses its power. */
export class Died extends Error {}

/** An account at every vendor, in this process, with a clock that moves by what is done. */
export interface SimulatedAccount {
  readonly world: CloudWorld;
  readonly clock: Clock & { advance: (ms: number) => void };
  /** Targets by commit that are not healthy in it, as in `worker/llm-query`. */
  readonly sick: Map<string, ReadonlySet<string>>;
  readonly targets: (commit: string, id: string, options: TargetsOptions) => readonly Target[];
  /** Arguments of all programs so far. */
  readonly argumentsSeen: string[];
}

export interface TargetsOptions {
  readonly stages: readonly Stage[];
  readonly journal: Journal;
  readonly lease: Lease;
  readonly fault?: (call: ProgramCall) => Fault;
  readonly workers: readonly WorkerFolder[];
}

const ROOT = '/repository';
const CALL_MS = 10_000;
/** How long after a change of the split Cloudflare may pass over an override. */
const SPREADING_MS = 7_000;

export function simulatedAccount(values: EnvironmentValues, manifest: Manifest): SimulatedAccount {
  const files = new Map<string, string>();
  const argumentsSeen: string[] = [];
  const sick = new Map<string, ReadonlySet<string>>();
  let now = Date.parse('2026-11-22T06:00:00Z');
  const clock = {
    now: () => now,
    pause: async (ms: number) => {
      now += ms;
    },
    advance: (ms: number) => {
      now += ms;
    },
  };
  const world: CloudWorld = {
    workers: {},
    functions: {},
    swarm: undefined,
    infrastructure: undefined,
    outputs: exampleOutputs(values, manifest),
    secrets: Object.fromEntries(
      [
        ...Object.values(manifest).flatMap(({ secrets }) => Object.values(secrets)),
        'guesty-webhook-secrets',
        'rocketchat-webhook-tokens',
      ].map(id => [id, [{ value: `whsec_${Buffer.from(id).toString('base64')}`, state: 'ENABLED' }]]),
    ),
    checkouts: {},
    made: 0,
  };
  const http = simulatedHttp(world, values, sick, clock);

  return {
    world,
    clock,
    sick,
    argumentsSeen,
    targets(commit, id, { stages, journal, lease, workers, fault = () => 'none' }) {
      world.checkouts[ROOT] = commit;
      const runner: ProgramRunner = {
        run: async call => {
          argumentsSeen.push(call.args.join(' '));
          clock.advance(CALL_MS);
          return runStandIn(call, world, path => files.get(path) ?? '', fault(call));
        },
      };
      return allTargets({
        root: ROOT,
        folder: `/tmp/${id}`,
        id,
        commit,
        values,
        stages,
        manifest,
        workers,
        runner: withinLease(runner, clock, lease),
        journal,
        http,
        clock,
        bundle: bundleOf(commit),
        writeText: async (path, text) => void files.set(path, text),
        writeConfiguration: async (worker, configuration) => {
          files.set(`/configurations/${worker}`, JSON.stringify(configuration));
          return `/configurations/${worker}`;
        },
      });
    },
  };
}

/** The stand-in programs in this process; files are the real ones. */
export function standInRunner(world: CloudWorld, readText: (path: string) => string): ProgramRunner {
  return { run: async call => runStandIn(call, world, readText, 'none') };
}

function runStandIn(call: ProgramCall, world: CloudWorld, readText: (path: string) => string, fault: Fault) {
  if (fault === 'die_before') throw new Died();
  if (fault === 'fail_before') return err({ kind: 'failed', exitCode: 1, lastWords: 'unlucky' } as const);
  const environment = Object.fromEntries(
    Object.entries(call.environment ?? {}).map(([name, value]) => [
      name,
      value instanceof Secret ? value.reveal() : value,
    ]),
  );
  const context = { cwd: call.cwd ?? ROOT, environment, readText };
  const { exitCode, stdout, stderr } = STAND_IN_PROGRAMS[call.program](call.args, world, context);
  if (fault === 'die_after') throw new Died();
  if (fault === 'hang_after') return err({ kind: 'timed_out' } as const);
  if (fault === 'fail_after') return err({ kind: 'failed', exitCode: 1, lastWords: 'unlucky' } as const);
  const isExpected = exitCode === 0 || call.expectedExitCodes?.includes(exitCode) === true;
  return isExpected ? ok({ exitCode, stdout }) : err({ kind: 'failed', exitCode, lastWords: stderr } as const);
}

const bundleOf =
  (commit: string): BundleFunction =>
  async ({ name }) => {
    const contentHash = createHash('sha256').update(`${commit} ${name}`).digest('hex').slice(0, 40);
    return ok({ folder: `/bundles/${name}`, variablesFile: `/bundles/${name}.json`, contentHash });
  };

/** Answers as the version that a request reaches: its override once that has spread, else that of most requests. */
function simulatedHttp(
  world: CloudWorld,
  { terraform: { hostnames }, name }: EnvironmentValues,
  sick: ReadonlyMap<string, ReadonlySet<string>>,
  clock: Clock,
): HttpProbe {
  const firstSeen = new WeakMap<object, number>();
  const isSpread = (split: object): boolean => {
    const since = firstSeen.get(split) ?? clock.now();
    firstSeen.set(split, since);
    return clock.now() - since >= SPREADING_MS;
  };
  const isSick = (target: string, commit: string | undefined): boolean =>
    [...sick].some(
      ([bad, targets]) => commit !== undefined && bad.startsWith(commit.slice(0, 12)) && targets.has(target),
    );
  const answer = (
    target: string,
    commit: string | undefined,
    healthy: number,
    version?: string,
  ): Result<ProbeAnswer, 'unreachable'> =>
    commit === undefined
      ? err('unreachable')
      : ok({ status: isSick(target, commit) ? 500 : healthy, ...(version === undefined ? {} : { version }) });
  return {
    send: async ({ url, headers }) => {
      const { hostname } = new URL(url);
      const key = Object.entries(hostnames)
        .find(([, host]) => host === hostname)?.[0]
        ?.replaceAll('_', '-');
      if (key === 'chat' || key === 'login') return answer('swarm', world.swarm, 200);
      if (key === undefined) return answer(`function/${hostname.split('-')[0]}`, 'served', 405);
      const worker = world.workers[name === 'prod' ? key : `${key}-${name}`];
      const wanted = /="([^"]+)"$/u.exec(headers['cloudflare-workers-version-overrides'] ?? '')?.[1];
      const most = worker?.split.toSorted((a, b) => b.percentage - a.percentage)[0]?.version_id;
      const isHeard = worker !== undefined && isSpread(worker.split);
      const reached = isHeard && worker.split.some(({ version_id: id }) => id === wanted) ? wanted : most;
      return answer(`worker/${key}`, worker?.versions.find(({ id }) => id === reached)?.tag, 200, reached);
    },
  };
}
