import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type EnvironmentValues, resourceName } from '../environment/environment-values.ts';
import type { TerraformOutputs } from '../environment/terraform-outputs.ts';
import type { BundleFunction } from '../functions/bundle-function.ts';
import type { Manifest } from '../functions/manifest.ts';
import { tellJournalError } from '../journal/held-journal.ts';
import type { Journal } from '../journal/journal.ts';
import type { HttpProbe } from '../probes/http-probe.ts';
import { type ProbedWorker, type ProbeWorkerOptions, probeWorker } from '../probes/probe-worker.ts';
import type { Clock } from '../programs/clock.ts';
import type { ProgramRunner } from '../programs/program-runner.ts';
import type { Trouble } from '../programs/trouble.ts';
import { functionTarget } from '../targets/function-target.ts';
import { type Gcloud, newestSecretVersion, readSecret } from '../targets/gcloud.ts';
import { swarmTarget } from '../targets/swarm-target.ts';
import { readOutputs, type TerraformOptions, terraformTarget } from '../targets/terraform-target.ts';
import { verifyTarget } from '../targets/verify-target.ts';
import { workerTarget } from '../targets/worker-target.ts';
import type { DeployedConfiguration } from '../worker-configuration/deployed-configuration.ts';
import { deployedConfiguration, LOG_FORWARDER } from '../worker-configuration/deployed-configuration.ts';
import type { WorkerFolder } from '../worker-configuration/worker-folder.ts';
import { STAGES, type Stage } from './stages.ts';
import type { Target } from './target.ts';

export interface TargetsInput {
  readonly root: string;
  /** A folder of this deployment alone. */
  readonly folder: string;
  readonly id: string;
  readonly commit: string;
  readonly values: EnvironmentValues;
  readonly stages: readonly Stage[];
  readonly manifest: Manifest;
  readonly workers: readonly WorkerFolder[];
  readonly runner: ProgramRunner;
  readonly journal: Journal;
  readonly http: HttpProbe;
  readonly clock: Clock;
  readonly bundle: BundleFunction;
  readonly writeText: (path: string, text: string) => Promise<void>;
  readonly writeConfiguration: (worker: string, configuration: DeployedConfiguration) => Promise<string>;
}

/** What a deployment of these stages consists of. */
export function allTargets(input: TargetsInput): readonly Target[] {
  const { root, folder, values, stages, manifest, runner, clock, http, commit } = input;
  const terraform: TerraformOptions = { environment: values.name, root, runner, folder, writeText: input.writeText };
  const outputs = rememberedOutputs(terraform);
  const gcloud: Gcloud = {
    project: values.terraform.google.project_id,
    region: values.terraform.google.region,
    runner,
  };
  const probe: ProbeWorkerOptions = {
    http,
    clock,
    settings: values.settings,
    readSecret: id => readSecret(gcloud, id),
  };
  const secretVersion = remembered(id => newestSecretVersion(gcloud, id));
  const workers = forwarderFirst(input.workers);
  const targets = [
    forgetting(terraformTarget(terraform), outputs),
    swarmTarget({
      environment: values.name,
      root,
      runner,
      commit,
      folder,
      outputs: outputs.read,
      writeText: input.writeText,
      lastGood: () => lastGood(input.journal),
    }),
    ...Object.entries(manifest).map(([name, entry]) =>
      functionTarget({
        environment: values.name,
        name,
        entry,
        gcloud,
        bundle: input.bundle,
        secretVersion,
        describe: async () => {
          const read = await outputs.read();
          return read.ok ? ok({ values, outputs: read.value }) : read;
        },
      }),
    ),
    ...workers.map(worker => targetOfWorker(worker, input, outputs, probe)),
    verifyTarget({
      // Asked for alone, it looks at everything.
      stages: stages.length === 1 ? STAGES : stages,
      http,
      clock,
      gcloud,
      manifest,
      functionUrls: async () => {
        const read = await outputs.read();
        return read.ok ? ok(read.value.functions.urls) : read;
      },
      workers: workers.map(worker => probedWorker(worker, values)),
      probe,
      hostnames: values.terraform.hostnames,
    }),
  ];
  return targets.filter(({ stage }) => stages.includes(stage));
}

interface Outputs {
  readonly read: () => Promise<Result<TerraformOutputs, Trouble>>;
  readonly forget: () => void;
}

/** Asked once, and once more after an apply. */
function rememberedOutputs(terraform: TerraformOptions): Outputs {
  let known: TerraformOutputs | undefined;
  return {
    read: async () => {
      if (known !== undefined) return ok(known);
      const read = await readOutputs(terraform);
      if (read.ok) known = read.value;
      return read;
    },
    forget: () => {
      known = undefined;
    },
  };
}

function forgetting(target: Target, outputs: Outputs): Target {
  return {
    ...target,
    steps: target.steps.map(step => ({
      ...step,
      forward: async memory => {
        const done = await step.forward(memory);
        outputs.forget();
        return done;
      },
    })),
  };
}

/** Functions share secrets, and a question takes gcloud a second; all of a deployment get the same version. */
function remembered<T>(
  ask: (key: string) => Promise<Result<T, Trouble>>,
): (key: string) => Promise<Result<T, Trouble>> {
  const known = new Map<string, Result<T, Trouble>>();
  return async key => {
    const answer = known.get(key) ?? (await ask(key));
    if (answer.ok) known.set(key, answer);
    return answer;
  };
}

/** A Worker that tails into another needs it to be there. */
const forwarderFirst = (workers: readonly WorkerFolder[]): readonly WorkerFolder[] =>
  workers.toSorted((a, b) => Number(b.name === LOG_FORWARDER) - Number(a.name === LOG_FORWARDER));

function targetOfWorker(
  worker: WorkerFolder,
  input: TargetsInput,
  outputs: Outputs,
  probe: ProbeWorkerOptions,
): Target {
  const { values, commit, id, runner } = input;
  const probed = probedWorker(worker, values);
  return workerTarget({
    worker: worker.name,
    wrangler: { name: probed.name, accountId: values.terraform.cloudflare.account_id, runner },
    migrations: (worker.base.migrations ?? []).map(({ tag }) => tag),
    tag: `${commit.slice(0, 12)}-${id.slice(0, 8)}`,
    commit,
    configure: async () => {
      const read = await outputs.read();
      if (!read.ok) return read;
      const workers = input.workers.map(({ name }) => name);
      const made = deployedConfiguration({ worker, workers, values, outputs: read.value });
      return made.ok ? ok(await input.writeConfiguration(worker.name, made.value)) : made;
    },
    probe: version => probeWorker({ ...probed, version }, probe),
  });
}

function probedWorker(worker: WorkerFolder, values: EnvironmentValues): ProbedWorker {
  const hostname = Object.entries(values.terraform.hostnames).find(([key]) => key.replaceAll('_', '-') === worker.name);
  return {
    worker: worker.name,
    name: resourceName(worker.name, values.name),
    origin: hostname === undefined ? undefined : `https://${hostname[1]}`,
  };
}

async function lastGood(journal: Journal): Promise<Result<string | undefined, Trouble>> {
  const entry = await journal.read();
  return entry.ok ? ok(entry.value.deployment?.swarmCommit) : err(tellJournalError(entry.error));
}
