import { rm } from 'node:fs/promises';
import path from 'node:path';
import { formatCount } from '@innkeeper/shared/backup/format-figures';
import type { ErasureOrder } from '@innkeeper/shared/contracts/backup/erasure-order';
import { err, ok } from '@innkeeper/shared/result/result';
import type { ErasuresFrom, RestoreOrder, Signature } from './command-line/restore-command.ts';
import { type AppliedErasures, applyErasures } from './erasures/apply-erasures.ts';
import { readErasureFile, readErasures } from './erasures/pending-erasures.ts';
import { type RestoreResult, resticFailure } from './failure.ts';
import { type RestoreParts, takeApart } from './plan/restore-parts.ts';
import { makePlan, planInWords, type RestorePlan } from './plan/restore-plan.ts';
import { type RestoreRecord, recordInWords, writeRecord } from './record/restore-record.ts';
import { unfinishedRestore } from './record/unfinished-restore.ts';
import type { RestoreDesk } from './restore-desk.ts';
import { chooseRun, groupRuns, type SavedRun } from './runs/saved-run.ts';
import type { StepProof } from './steps/restore-step.ts';

/** Shows the plan; with `--yes` and nothing in the way carries it out, verifies, erases again and keeps a record. */
export async function runRestore(order: RestoreOrder, desk: RestoreDesk): RestoreResult<void> {
  const run = await findRun(desk, order.run);
  if (!run.ok) return run;
  const folder = 'folder' in order.what ? order.what.folder : undefined;
  const mark = folder === undefined ? undefined : unfinishedRestore(folder, run.value.runId, order.what);
  const resumedFrom = await mark?.findEarlier();
  const parts = takeApart(order, run.value, desk, resumedFrom !== undefined);
  if (!parts.ok) return parts;
  const pending = parts.value.canHoldErased ? await findErasures(desk, order.erasures) : ok([]);
  if (!pending.ok) return pending;
  const plan = await makePlan(parts.value, run.value, pending.value, resumedFrom);
  if (!plan.ok) return plan;
  desk.print(planInWords(plan.value, order.signature.yes, parts.value));
  const [obstacle] = plan.value.obstacles;
  if (obstacle !== undefined) return order.signature.yes ? err(obstacle) : ok(undefined);
  if (!order.signature.yes) return ok(undefined);

  const startedAt = desk.now();
  await mark?.begin(resumedFrom ?? startedAt);
  const steps = await carryOut(parts.value, desk);
  if (!steps.ok) return steps;
  const erased = await eraseAgain(plan.value, parts.value);
  if (!erased.ok) return erased;
  await keepRecord(
    desk,
    order.signature,
    {
      v: 1,
      command: order.what.kind,
      runId: run.value.runId,
      takenAt: run.value.takenAt.toISOString(),
      by: order.signature.by ?? desk.user,
      startedAt: startedAt.toISOString(),
      finishedAt: desk.now().toISOString(),
      steps: steps.value,
      erasures: !parts.value.canHoldErased
        ? { applied: false, reason: 'cannot_hold_any' }
        : erased.value === undefined
          ? { applied: false, reason: 'not_wanted' }
          : { applied: true, ...erased.value },
      toDo: leftToDo(order, plan.value),
    },
    parts.value.folder,
  );
  await mark?.finish();
  return ok(undefined);
}

export async function findRun(desk: RestoreDesk, name: string): RestoreResult<SavedRun> {
  const snapshots = await desk.restic.snapshots();
  if (!snapshots.ok) return err(resticFailure(snapshots.error));
  const chosen = chooseRun(groupRuns(snapshots.value), name);
  return chosen.ok ? chosen : err({ reason: 'no_such_run', sentence: chosen.error });
}

/** `undefined` where none are wanted. */
export async function findErasures(
  desk: RestoreDesk,
  from: ErasuresFrom,
): RestoreResult<readonly ErasureOrder[] | undefined> {
  switch (from.kind) {
    case 'none':
      return ok(undefined);
    case 'file':
      return readErasureFile(from.path);
    case 'firestore': {
      const operations = await desk.operations();
      return operations.ok ? readErasures(operations.value) : operations;
    }
  }
}

async function carryOut(parts: RestoreParts, desk: RestoreDesk): RestoreResult<readonly StepProof[]> {
  const proofs: StepProof[] = [];
  try {
    for (const step of parts.steps) {
      const proof = await step.carryOut({ progress: desk.progress.begin(step.name), signal: desk.signal });
      if (!proof.ok) return proof;
      proofs.push(proof.value);
    }
    return ok(proofs);
  } finally {
    desk.progress.end();
    if (parts.scratch !== undefined) await rm(parts.scratch, { recursive: true, force: true });
  }
}

async function eraseAgain(plan: RestorePlan, parts: RestoreParts): RestoreResult<AppliedErasures | undefined> {
  if (plan.erasures === undefined) return ok(undefined);
  return applyErasures(plan.erasures, {
    mongodb: parts.eraseMongodb,
    filesIn: parts.eraseFilesIn,
    firestore: undefined,
  });
}

export async function keepRecord(
  desk: RestoreDesk,
  signature: Signature,
  record: RestoreRecord,
  folder: string | undefined,
): Promise<void> {
  const name = `restore-${record.runId}-${record.finishedAt.replaceAll(/[:.]/gu, '-')}.json`;
  const file = path.resolve(signature.record ?? (folder === undefined ? name : `${folder}.${name}`));
  await writeRecord(file, record);
  desk.print(recordInWords(record, file));
}

function leftToDo({ what, run }: RestoreOrder, { erasures }: RestorePlan): string[] {
  if (what.kind !== 'everything' || erasures === undefined) return [];
  const archive =
    erasures.mongodb.length === 0
      ? []
      : what.mongodb === undefined
        ? [`mongodb.archive holds what was erased since: load it, then pnpm restore erase ${run} --mongodb URI --yes`]
        : ['mongodb.archive still holds what was erased since: delete it once MongoDB is well'];
  const firestore =
    erasures.firestore.length === 0
      ? []
      : [
          `${formatCount(erasures.firestore.length, 'document', 'documents')} of Firestore: after its restore, ` +
            `pnpm restore erase ${run} --firestore PROJECT/DATABASE --yes`,
        ];
  return [...archive, ...firestore];
}
