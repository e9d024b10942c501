import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type HeldJournal, holdJournal, type KeepError, tellJournalError } from '../journal/held-journal.ts';
import type { Journal } from '../journal/journal.ts';
import type { Lease } from '../journal/lease.ts';
import type { Clock } from '../programs/clock.ts';
import type { Trouble } from '../programs/trouble.ts';
import type { ContractVersions } from '../version-skew/contracts.ts';
import { type Action, advance, nextAction, type PlannedStep } from './advance.ts';
import type { Deployment } from './deployment.ts';
import { type DeploymentRequest, openDeployment } from './open-deployment.ts';
import type { Step, Target } from './target.ts';

export interface DeploymentPorts {
  readonly journal: Journal;
  readonly clock: Clock;
  /** Shared with the runner of the targets. */
  readonly lease: Lease;
  /** Progress, for whoever watches. */
  readonly tell: (progress: Progress) => void;
}

export type Progress =
  | { readonly kind: 'began'; readonly what: string }
  | { readonly kind: 'done'; readonly what: string; readonly ms: number; readonly version?: string | undefined }
  | { readonly kind: 'failed'; readonly what: string; readonly trouble: Trouble };

/**
 * One deployment from its lock to its outcome. Before each change the journal is written, so a deployment that dies
 * anywhere is found by the next one; after the lock is lost nothing is changed any more. An error: nothing was begun,
 * or the lock was lost half-way.
 */
export async function runDeployment(
  request: DeploymentRequest,
  targets: readonly Target[],
  ports: DeploymentPorts,
): Promise<Result<Deployment, NotEnded>> {
  const entry = await ports.journal.read();
  if (!entry.ok) return err(tellJournalError(entry.error));
  const opened = openDeployment(request, entry.value.deployment, ports.clock.now());
  if (!opened.ok) return opened;
  const journal = holdJournal({ ...ports, generation: entry.value.generation });
  const held = await journal.keep(opened.value);
  if (!held.ok) return err(held.error.kind === 'lost' ? OVERTAKEN : tellUnkept(held.error));

  const met = await checkPrerequisites(targets);
  if (!met.ok) return release(held.value, met.error, journal);
  const surveyed = await survey(held.value, targets);
  if (!surveyed.ok) return release(held.value, surveyed.error, journal);
  return drive(surveyed.value, targets, { ...ports, held: journal, contracts: request.contracts });
}

const OVERTAKEN: Trouble = {
  sentence: 'Another deployment began at the same moment.',
  nextStep: 'Wait for its end, then run this again.',
};

/** `left`: what the deployment knew when it lost its lock half-way; absent where nothing was begun. */
export interface NotEnded extends Trouble {
  readonly left?: Deployment;
}

/** What one target lacks would be found after others were deployed, and would have to be taken back. */
async function checkPrerequisites(targets: readonly Target[]): Promise<Result<void, Trouble>> {
  for (const { prerequisites } of targets) {
    const met = await prerequisites?.();
    if (met?.ok === false) return met;
  }
  return ok(undefined);
}

/** What serves, asked while the lock is held and nothing moves. What was inherited is known better. */
async function survey(deployment: Deployment, targets: readonly Target[]): Promise<Result<Deployment, Trouble>> {
  const before: Record<string, string | null> = { ...deployment.before };
  for (const { name, rollback } of targets) {
    if (rollback === undefined || name in before) continue;
    const serving = await rollback.survey();
    if (!serving.ok) return serving;
    before[name] = serving.value ?? null;
  }
  return ok({ ...deployment, before });
}

/** Gives the lock back: nothing was changed. What was open stays so. */
async function release(
  deployment: Deployment,
  trouble: Trouble,
  journal: HeldJournal,
): Promise<Result<Deployment, Trouble>> {
  const kept = await journal.keep({ ...deployment, outcome: 'failed' });
  return kept.ok ? err(trouble) : err(tellUnkept(kept.error));
}

interface Driving extends DeploymentPorts {
  readonly held: HeldJournal;
  readonly contracts: ContractVersions;
}

async function drive(
  from: Deployment,
  targets: readonly Target[],
  ports: Driving,
): Promise<Result<Deployment, NotEnded>> {
  const planned = targets.flatMap(target => target.steps.map(step => plannedStep(target, step)));
  let deployment = from;
  for (;;) {
    const action = nextAction(deployment, planned);
    const begun = action.kind === 'step' ? advance(deployment, { kind: 'step_begun', step: action.step }) : deployment;
    const kept = await ports.held.keep(
      action.kind === 'finish' ? finished(begun, action.outcome, ports.contracts) : begun,
    );
    if (!kept.ok) return err({ ...tellUnkept(kept.error), left: deployment });
    if (action.kind === 'finish') return kept;
    deployment = await act(kept.value, action, targets, ports);
  }
}

/** What is well now is what the next deployment compares with. */
function finished(
  deployment: Deployment,
  outcome: NonNullable<Deployment['outcome']>,
  contracts: ContractVersions,
): Deployment {
  if (outcome !== 'healthy') return { ...deployment, outcome };
  const isSwarmNew = deployment.stages.includes('ansible');
  return {
    ...deployment,
    outcome,
    open: [],
    contracts: { ...deployment.contracts, ...Object.fromEntries(deployment.stages.map(stage => [stage, contracts])) },
    ...(isSwarmNew ? { swarmCommit: deployment.commit } : {}),
  };
}

async function act(
  deployment: Deployment,
  action: Exclude<Action, { kind: 'finish' }>,
  targets: readonly Target[],
  ports: Driving,
): Promise<Deployment> {
  const what = action.kind === 'step' ? action.step.id : `${action.target}: back`;
  const started = ports.clock.now();
  ports.tell({ kind: 'began', what });
  const done =
    action.kind === 'step'
      ? await goForward(deployment, action.step, targets)
      : await goBack(deployment, action.target, targets);
  if (done.ok) {
    const { version, warnings = [] } = done.value;
    ports.tell({ kind: 'done', what, ms: ports.clock.now() - started, version });
    return action.kind === 'step'
      ? advance(deployment, {
          kind: 'step_done',
          step: action.step,
          warnings,
          ...(version === undefined ? {} : { version }),
        })
      : advance(deployment, { kind: 'taken_back', target: action.target, warnings });
  }
  ports.tell({ kind: 'failed', what, trouble: done.error });
  return action.kind === 'step'
    ? advance(deployment, { kind: 'step_failed', step: action.step, trouble: done.error })
    : advance(deployment, { kind: 'stuck', target: action.target, trouble: done.error });
}

function goForward(
  deployment: Deployment,
  planned: PlannedStep,
  targets: readonly Target[],
): ReturnType<Step['forward']> {
  const step = targets.flatMap(({ steps }) => steps).find(({ id }) => id === planned.id);
  if (step === undefined) throw new Error(`no step ${planned.id}`);
  const { before, after } = deployment;
  return step.forward({ before: before[planned.target] ?? undefined, after: after[planned.target] });
}

async function goBack(deployment: Deployment, name: string, targets: readonly Target[]): ReturnType<Step['forward']> {
  const rollback = targets.find(target => target.name === name)?.rollback;
  const before = deployment.before[name];
  if (rollback === undefined || before === null || before === undefined) {
    return err({
      sentence: `${name} is not part of this commit, and what served before is not known.`,
      nextStep: 'Deploy the last good commit.',
    });
  }
  return rollback.takeBack(before);
}

const plannedStep = (target: Target, { id, phase, isHarmless }: Step): PlannedStep => ({
  id,
  phase,
  stage: target.stage,
  target: target.name,
  changesServing: target.rollback !== undefined && isHarmless !== true,
});

function tellUnkept(error: KeepError): Trouble {
  if (error.kind === 'lost') {
    return {
      sentence: 'Another deployment has taken over, and this one has changed nothing since.',
      nextStep: 'See how that one ends.',
    };
  }
  return {
    sentence: `The journal of deployments cannot be written (${error.detail}), so nothing more is changed.`,
    nextStep: 'Once the state bucket can be reached, and the lease has run out, run the deployment again: it goes on.',
  };
}
