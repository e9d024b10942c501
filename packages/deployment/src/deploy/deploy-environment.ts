import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { EnvironmentValues } from '../environment/environment-values.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import type { BundleFunction } from '../functions/bundle-function.ts';
import { readManifest } from '../functions/manifest.ts';
import { gcsJournal } from '../journal/gcs-journal.ts';
import { tellJournalError } from '../journal/held-journal.ts';
import { noLease, withinLease } from '../journal/lease.ts';
import type { HttpProbe } from '../probes/http-probe.ts';
import { callProgram } from '../programs/call-program.ts';
import type { Clock } from '../programs/clock.ts';
import type { ProgramRunner } from '../programs/program-runner.ts';
import type { Trouble } from '../programs/trouble.ts';
import { readAccessToken } from '../targets/gcloud.ts';
import { contractVersions } from '../version-skew/contracts.ts';
import { readWorkerFolders } from '../worker-configuration/worker-folder.ts';
import { writeConfiguration } from '../worker-configuration/write-configurations.ts';
import { allTargets } from './all-targets.ts';
import { openDeployment } from './open-deployment.ts';
import { type DeploymentOutcome, outcomeOf } from './outcome.ts';
import type { DeployCommand } from './read-command.ts';
import { type NotEnded, runDeployment } from './run-deployment.ts';
import type { Target } from './target.ts';
import type { Screen } from './tell-deployment.ts';

export interface DeployEnvironment {
  readonly root: string;
  /** A folder of this deployment alone, removed after it. */
  readonly folder: string;
  readonly who: string;
  readonly runner: ProgramRunner;
  readonly clock: Clock;
  readonly screen: Screen;
  readonly writeText: (path: string, text: string) => Promise<void>;
  readonly http: HttpProbe;
  readonly bundle: BundleFunction;
  readonly storage: {
    readonly baseUrl: string;
    readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  };
  readonly confirm: (question: string) => Promise<Result<boolean, Trouble>>;
}

/** One deployment as somebody asks for it; an error where it was not begun, or ended by losing its lock. */
export async function deployEnvironment(
  command: DeployCommand,
  parts: DeployEnvironment,
): Promise<Result<DeploymentOutcome['outcome'], Trouble>> {
  const deployed = await prepareAndRun(command, parts);
  if (!deployed.ok) {
    await keepOutcome(command, notEnded(command, deployed.error));
    return deployed;
  }
  if (deployed.value === undefined) return ok('healthy');
  await keepOutcome(command, deployed.value);
  parts.screen.outcome(deployed.value);
  return ok(deployed.value.outcome);
}

/** Undefined: only looked at, or not wanted after all. */
async function prepareAndRun(
  command: DeployCommand,
  parts: DeployEnvironment,
): Promise<Result<DeploymentOutcome | undefined, NotEnded>> {
  const values = await readEnvironment(parts.root, command.environment);
  if (!values.ok) return err({ sentence: values.error.sentence, nextStep: 'Mend the file.' });
  const commit = await readCommit(parts, values.value);
  if (!commit.ok) return commit;
  const manifest = await readManifest(parts.root);
  if (!manifest.ok) return manifest;
  const workers = await readWorkerFolders(parts.root);
  if (!workers.ok) return workers;

  const request = {
    id: randomUUID(),
    environment: command.environment,
    who: parts.who,
    commit: commit.value,
    stages: command.stages,
    contracts: contractVersions(),
  };
  const journal = journalOf(parts, values.value);
  const lease = noLease();
  const targets = allTargets({
    ...parts,
    ...request,
    runner: withinLease(parts.runner, parts.clock, lease),
    journal,
    values: values.value,
    manifest: manifest.value,
    workers: workers.value,
    writeConfiguration: (worker, configuration) =>
      writeConfiguration(parts.root, command.environment, worker, configuration),
  });
  if (command.dryRun || (command.environment === 'prod' && !command.yes)) {
    const entry = await journal.read();
    if (!entry.ok) return err(tellJournalError(entry.error));
    const opened = openDeployment(request, entry.value.deployment, parts.clock.now());
    if (!opened.ok) return opened;
    const foreseen = await foresee(targets, parts);
    if (!foreseen.ok) return foreseen;
    if (command.dryRun) return ok(undefined);
    const wanted = await parts.confirm('Deploy this to prod? Only "yes" does.');
    if (!wanted.ok) return wanted;
    if (!wanted.value) return err({ sentence: 'Nothing was deployed.', nextStep: 'Answer yes, or say --yes.' });
  }
  const ended = await runDeployment(request, targets, {
    journal,
    clock: parts.clock,
    lease,
    tell: parts.screen.progress,
  });
  return ended.ok ? ok(outcomeOf(ended.value)) : ended;
}

async function foresee(targets: readonly Target[], { screen }: DeployEnvironment): Promise<Result<void, Trouble>> {
  for (const target of targets) {
    const sentences = await target.foresee();
    if (!sentences.ok) return sentences;
    for (const sentence of sentences.value) screen.foreseen(sentence);
  }
  return ok(undefined);
}

/** In the bucket that Terraform's state lies in (`terraform/bootstrap`). */
function journalOf(parts: DeployEnvironment, { name, terraform }: EnvironmentValues) {
  return gcsJournal({
    ...parts.storage,
    bucket: `${terraform.google.project_id}-tfstate`,
    object: `deployments/${name}.json`,
    token: () => readAccessToken(parts.runner),
  });
}

const GIT_MS = 30_000;

/** What is deployed has to be what a commit says: otherwise nothing could be taken back to it. */
async function readCommit(parts: DeployEnvironment, { name }: EnvironmentValues): Promise<Result<string, Trouble>> {
  const git = (args: readonly string[]) =>
    callProgram(parts.runner, 'Commit', { program: 'git', args: ['-C', parts.root, ...args], timeoutMs: GIT_MS });
  const head = await git(['rev-parse', 'HEAD']);
  if (!head.ok) return head;
  const status = await git(['status', '--porcelain']);
  if (!status.ok) return status;
  if (status.value.stdout.trim() === '' || name === 'dev') return ok(head.value.stdout.trim());
  return err({
    sentence: `There are changes that are in no commit, and ${name} takes commits alone.`,
    nextStep: 'Commit them or put them aside; dev takes them as they are.',
  });
}

/** Whoever lost the lock half-way cannot know what serves now; whoever has it says so in the end. */
function notEnded({ stages }: DeployCommand, { sentence, nextStep, left }: NotEnded): DeploymentOutcome {
  return {
    outcome: left === undefined ? 'failed' : 'rollback_failed',
    stage: stages[0] ?? 'verify',
    sentence,
    nextStep,
    versions: { before: left?.before ?? {}, after: left?.after ?? {} },
    changed: left?.open ?? [],
    warnings: left?.warnings ?? [],
  };
}

async function keepOutcome({ outcomeFile }: DeployCommand, outcome: DeploymentOutcome): Promise<void> {
  if (outcomeFile !== undefined) await writeFile(outcomeFile, `${JSON.stringify(outcome, undefined, 2)}\n`);
}
