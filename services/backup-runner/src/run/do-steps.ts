import { join } from 'node:path';
import type { BeginReply, VaultAccess } from '@innkeeper/shared/contracts/backup/exchange';
import type { BackupStep, StepOutcome } from '@innkeeper/shared/contracts/backup/steps';
import { ok } from '@innkeeper/shared/result/result';
import type { Reporter } from '../report/reporter.ts';
import type { Restic } from '../restic/restic.ts';
import { endSoonAfter } from './end-soon-after.ts';
import { preflight } from './preflight.ts';
import type { ProgramRunner } from './program-runner.ts';
import { describeBug, type RunEnding } from './run-ending.ts';
import type { RunFolders } from './run-folders.ts';
import type { RunPorts } from './run-ports.ts';
import type { RunContext, StepFailure, StepResult } from './step.ts';
import type { RetentionAccess } from './steps.ts';

export interface StepWork {
  readonly ports: Pick<RunPorts, 'config' | 'ending' | 'exchange' | 'log' | 'ownProgram' | 'path' | 'steps' | 'time'>;
  readonly order: BeginReply;
  readonly reporter: Reporter;
  readonly programs: ProgramRunner;
  readonly openRestic: OpenRestic;
  readonly folders: RunFolders;
}

export type OpenRestic = (
  vault: VaultAccess,
  options?: { readonly cacheDirectory?: string; readonly signal?: AbortSignal },
) => Restic;

export type WorkEnd = { readonly kind: 'finished' } | FailedWork;
export interface FailedWork extends StepFailure {
  readonly kind: 'failed';
  readonly step: 'booting' | BackupStep;
}

/** Preflight and the five steps, each reported when it is done. The first failure ends it; so does a bug, by name. */
export async function doSteps(work: StepWork): Promise<WorkEnd> {
  const { ports, reporter } = work;
  const { ending, log, time } = ports;
  let step: FailedWork['step'] = 'booting';
  try {
    const context = await contextOf(work);
    const ready = await preflight({ ...context, path: ports.path });
    if (!ready.ok) return failed(step, ready.error, ending);
    const outcomes: StepOutcome[] = [];
    for (const [name, run] of stepsInOrder(work, outcomes)) {
      step = name;
      const startedMs = time.monotonicMs();
      reporter.stepStarted(name);
      const outcome = await endSoonAfter(ending.signal, run(context), time);
      if (!outcome.ok) return failed(step, outcome.error, ending);
      if (ending.signal.aborted) break;
      const durationMs = Math.round(time.monotonicMs() - startedMs);
      log.info('step.finished', { step, durationMs });
      outcomes.push(outcome.value);
      reporter.stepFinished(outcome.value, durationMs);
    }
    const reason = ending.reason();
    return reason === undefined ? { kind: 'finished' } : { kind: 'failed', step, ...reason };
  } catch (error) {
    return failed(step, describeBug(error), ending);
  }
}

/** A night opens the repository a dozen times; with a cache it asks the vault for a third of what it asks without. */
const cacheIn = (workDirectory: string): string => join(workDirectory, 'restic-cache');

/** What broke the run off explains what failed because of it. */
export const failed = (step: FailedWork['step'], failure: StepFailure, ending: RunEnding): FailedWork => ({
  kind: 'failed',
  step,
  ...(ending.reason() ?? failure),
});

async function contextOf({ ports, order, reporter, programs, openRestic, folders }: StepWork): Promise<RunContext> {
  const made = await folders.make();
  return {
    order,
    restic: openRestic(order.vault, { cacheDirectory: cacheIn(made.workDirectory) }),
    programs,
    ...made,
    filesDirectory: ports.config.FILES_DIRECTORY,
    ownProgram: ports.ownProgram,
    progress: reporter.progressed,
    signal: ports.ending.signal,
    now: ports.time.now,
  };
}

type Step = readonly [BackupStep, (context: RunContext) => StepResult<StepOutcome>];

function stepsInOrder({ ports, reporter, openRestic }: StepWork, outcomes: readonly StepOutcome[]): readonly Step[] {
  const { ending, exchange, steps } = ports;
  return [
    ['dumping', steps.dumpDatabases],
    ['backing_up', steps.backUpFiles],
    ['retaining', context => steps.retain(context, () => askForCredential(context))],
    ['checking', steps.checkRepository],
    ['restoring', context => steps.proveRestore(context, outcomes)],
  ];

  /** The function gives it out in its state `retaining`: it has to have heard of the steps before. */
  async function askForCredential({ workDirectory }: RunContext): StepResult<RetentionAccess> {
    await reporter.delivered();
    const reply = await exchange.retention(ending.signal);
    if (!reply.ok) return reply;
    const restic = openRestic(reply.value.vault, { cacheDirectory: cacheIn(workDirectory) });
    return ok({ reply: reply.value, restic });
  }
}
