import { formatCount } from '@innkeeper/shared/backup/format-figures';
import { err, ok } from '@innkeeper/shared/result/result';
import type { EraseOrder } from './command-line/restore-command.ts';
import { mongodbTarget } from './databases/mongodb-target.ts';
import { applyErasures } from './erasures/apply-erasures.ts';
import { allCollectionsOf, selectErasures } from './erasures/select-erasures.ts';
import type { RestoreResult } from './failure.ts';
import type { RestoreDesk } from './restore-desk.ts';
import { findErasures, findRun, keepRecord } from './run-restore.ts';
import { formatInstant } from './screen/format.ts';
import { lookAtFolder } from './steps/target-folder.ts';

/** Erases again in what was restored by other means from the state of a run. */
export async function runErase(order: EraseOrder, desk: RestoreDesk): RestoreResult<void> {
  const run = await findRun(desk, order.run);
  if (!run.ok) return run;
  const pending = await findErasures(desk, order.erasures);
  if (!pending.ok) return pending;
  if (order.folder !== undefined) {
    const state = await lookAtFolder(order.folder);
    if ('reason' in state) return err(state);
    if (!state.exists) return err({ reason: 'target_unusable', sentence: `There is no folder ${order.folder}.` });
  }
  const { mongodb, folder, firestore } = order;
  const selected = selectErasures(pending.value ?? [], run.value.takenAt, {
    collection: mongodb === undefined ? () => undefined : allCollectionsOf(desk.targets.MONGODB_DATABASE),
    filerPaths: folder === undefined ? [] : ['/'],
    firestore: firestore !== undefined,
  });
  const counts = [
    ...(mongodb === undefined ? [] : [`  ${mongodb}: ${places(selected.mongodb.length)}`]),
    ...(folder === undefined ? [] : [`  ${folder}: ${places(selected.files.length)}`]),
    ...(firestore === undefined
      ? []
      : [`  Firestore ${firestore.project}/${firestore.database}: ${places(selected.firestore.length)}`]),
  ];
  desk.print(
    [
      `Plan: erase again what was erased since run ${run.value.runId}, taken ${formatInstant(run.value.takenAt)}`,
      `  ${formatCount(selected.orders, 'order', 'orders')}`,
      ...counts,
      ...(order.signature.yes ? [] : ['Nothing was changed. The same command with --yes does it.']),
    ].join('\n'),
  );
  if (!order.signature.yes) return ok(undefined);

  const startedAt = desk.now();
  const erased = await applyErasures(selected, {
    mongodb: mongodb === undefined ? undefined : mongodbTarget(mongodb, desk.targets.RESTORE_MONGODB_PASSWORD),
    filesIn: folder,
    firestore: firestore === undefined ? undefined : await desk.firestore(firestore.project, firestore.database),
  });
  if (!erased.ok) return erased;
  await keepRecord(
    desk,
    order.signature,
    {
      v: 1,
      command: 'erase',
      runId: run.value.runId,
      takenAt: run.value.takenAt.toISOString(),
      by: order.signature.by ?? desk.user,
      startedAt: startedAt.toISOString(),
      finishedAt: desk.now().toISOString(),
      steps: [],
      erasures: { applied: true, ...erased.value },
      toDo: [],
    },
    folder,
  );
  return ok(undefined);
}

const places = (count: number): string => formatCount(count, 'place', 'places');
