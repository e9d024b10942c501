import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok } from '@innkeeper/shared/result/result';
import type { MongodbTarget } from '../databases/mongodb-target.ts';
import type { RestoreResult } from '../failure.ts';
import { eraseFiles } from './erase-files.ts';
import { eraseInFirestore } from './erase-in-firestore.ts';
import { eraseInMongodb } from './erase-in-mongodb.ts';
import type { ErasureReport } from './erasure-report.ts';
import type { SelectedErasures } from './select-erasures.ts';

/** Where the selected effects can be applied; the others stay to do. */
export interface ErasureTargets {
  readonly mongodb: MongodbTarget | undefined;
  readonly filesIn: string | undefined;
  readonly firestore: DocumentStore | undefined;
}

export interface AppliedErasures {
  readonly orders: number;
  readonly mongodb?: ErasureReport;
  readonly files?: ErasureReport;
  readonly firestore?: ErasureReport;
}

/** Fails where a place still holds what was erased, with every store done that could be done before. */
export async function applyErasures(
  selected: SelectedErasures,
  targets: ErasureTargets,
): RestoreResult<AppliedErasures> {
  const mongodb = targets.mongodb === undefined ? undefined : await eraseInMongodb(targets.mongodb, selected.mongodb);
  if (mongodb?.ok === false) return mongodb;
  const files = targets.filesIn === undefined ? undefined : await eraseFiles(targets.filesIn, selected.files);
  if (files?.ok === false) return files;
  const firestore =
    targets.firestore === undefined ? undefined : await eraseInFirestore(targets.firestore, selected.firestore);
  if (firestore?.ok === false) return firestore;
  const reports = {
    ...(mongodb === undefined ? {} : { mongodb: mongodb.value }),
    ...(files === undefined ? {} : { files: files.value }),
    ...(firestore === undefined ? {} : { firestore: firestore.value }),
  };
  const remaining = Object.values(reports).reduce((sum, report) => sum + report.remaining, 0);
  if (remaining > 0)
    return err({
      reason: 'erasure_failed',
      sentence: `${remaining} of the erased places still hold something: do not use what was restored.`,
      nextStep: 'Is anybody writing to the target? Repeat: pnpm restore erase RUN …',
    });
  return ok({ orders: selected.orders, ...reports });
}
