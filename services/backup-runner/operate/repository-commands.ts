import { hostname, userInfo } from 'node:os';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { readRepositoryConfig } from '../restore/config.ts';
import { resticFailure } from '../restore/failure.ts';
import {
  type OperatorScope,
  openRepository,
  type RepositoryUse,
  resticAccess,
} from '../restore/repository/open-repository.ts';
import { programEnvironment } from '../restore/repository/program-environment.ts';
import { explainRuns } from '../restore/runs/run-retention.ts';
import { groupRuns } from '../restore/runs/saved-run.ts';
import { childPrograms } from '../src/run/child-programs.ts';
import type { StepFailure } from '../src/run/step.ts';
import { createdInWords, createRepository } from './create-repository.ts';
import { type Here, locksInWords, removalInWords } from './locks/locks-in-words.ts';
import { readLocks, removeStaleLocks } from './locks/repository-locks.ts';
import { runRestic } from './run-restic.ts';
import { keptAsJson, keptInWords } from './show-kept.ts';

/** Commands that reach the repository, each with a token of its own that can do no more than it has to. */
export type Environment = Readonly<Record<string, string | undefined>>;
/** What is printed: the answer, or the sentence of a failure. */
export type Said = Promise<Result<string, string>>;

export async function showKept(environment: Environment, asJson: boolean): Said {
  const restic = await openRepository(repositoryUse(environment, 'read'));
  const snapshots = await restic.snapshots();
  if (!snapshots.ok) return inWords(snapshots.error);
  const runs = explainRuns(snapshots.value, new Date());
  return ok(asJson ? keptAsJson(runs) : keptInWords(runs));
}

/** Runs that the repository holds, newest first. */
export async function heldRuns(environment: Environment): Promise<Result<readonly RunId[], string>> {
  const restic = await openRepository(repositoryUse(environment, 'read'));
  const snapshots = await restic.snapshots();
  return snapshots.ok ? ok(groupRuns(snapshots.value).map(({ runId }) => runId)) : inWords(snapshots.error);
}

export async function makeRepository(environment: Environment): Said {
  const access = await resticAccess(repositoryUse(environment, 'create'));
  const created = await createRepository(access);
  if (created.ok) return ok(createdInWords(created.value.id, access.repository));
  if (created.error === 'exists')
    return err(`There is a repository at ${access.repository} already. It was left alone.`);
  return inWords(created.error);
}

export async function unlock(environment: Environment, yes: boolean): Said {
  const access = await resticAccess(repositoryUse(environment, yes ? 'append' : 'read'));
  const before = await readLocks(access);
  if (!before.ok) return inWords(before.error);
  if (!yes) return ok(locksInWords(before.value, here()));
  const left = before.value.length === 0 ? before : await removeStaleLocks(access);
  if (!left.ok) return inWords(left.error);
  const ids = new Set(left.value.map(({ id }) => id));
  const removed = before.value.filter(({ id }) => !ids.has(id));
  return ok(removalInWords(removed, left.value, here()));
}

/** restic's exit code; 1 with a sentence when there is none. */
export async function restic(
  environment: Environment,
  order: { readonly scope: 'read' | 'maintain'; readonly words: readonly string[] },
): Promise<number> {
  const access = await resticAccess(repositoryUse(environment, order.scope));
  const code = await runRestic(access, programEnvironment(environment), order.words);
  if (code === undefined) console.error(sentenceOf({ reason: 'program_missing', detail: access.binary }));
  return code ?? 1;
}

function repositoryUse(environment: Environment, scope: OperatorScope): RepositoryUse {
  return {
    config: readRepositoryConfig('backups', environment),
    scope,
    by: userInfo().username,
    programs: childPrograms(programEnvironment(environment)),
    signal: new AbortController().signal,
    now: new Date(),
  };
}

const here = (): Here => ({ now: new Date(), host: hostname(), isRunning });

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // It is there, and somebody else's.
  }
}

const inWords = (failure: StepFailure): Result<never, string> => err(sentenceOf(failure));

function sentenceOf(failure: StepFailure): string {
  const { sentence, nextStep } = resticFailure(failure);
  return nextStep === undefined ? sentence : `${sentence}\n  ${nextStep}`;
}
