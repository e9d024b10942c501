import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BackupSource } from '@innkeeper/shared/contracts/backup/steps';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Restic, ResticSnapshot } from '../../src/restic/restic.ts';
import type { ProgramRunner } from '../../src/run/program-runner.ts';
import type { RestoreOrder } from '../command-line/restore-command.ts';
import type { TargetConfig } from '../config.ts';
import { type MongodbTarget, mongodbTarget } from '../databases/mongodb-target.ts';
import { postgresTarget } from '../databases/postgres-target.ts';
import { isSameMongodb, isSamePostgres } from '../databases/same-server.ts';
import { allCollectionsOf, onlyCollection, type RestoredPlaces } from '../erasures/select-erasures.ts';
import type { RestoreFailure } from '../failure.ts';
import type { SavedRun } from '../runs/saved-run.ts';
import { loadKeycloak } from '../steps/load-keycloak.ts';
import { loadMongodb } from '../steps/load-mongodb.ts';
import { restoreFilerPaths } from '../steps/restore-filer-paths.ts';
import { FILE_OF_SOURCE, restoreSingleFile, type SingleFileSource } from '../steps/restore-single-file.ts';
import type { RestoreStep } from '../steps/restore-step.ts';

/** A restore taken apart: its steps, where its erasures lie, and what it leaves behind. */
export interface RestoreParts {
  readonly steps: readonly RestoreStep[];
  /** Folder that the bytes need room in. */
  readonly roomIn: string;
  /** Beside it the record and the mark of an unfinished restore; absent when only a database is restored into. */
  readonly folder: string | undefined;
  /** Removed at the end, however that comes. */
  readonly scratch: string | undefined;
  readonly places: RestoredPlaces;
  readonly eraseFilesIn: string | undefined;
  readonly eraseMongodb: MongodbTarget | undefined;
  /** Whether `places` can hold anything that an order names. */
  readonly canHoldErased: boolean;
}

export interface Tools {
  readonly restic: Restic;
  readonly programs: ProgramRunner;
  readonly targets: TargetConfig;
  readonly filesDirectory: string;
}

const NOTHING: RestoredPlaces = { collection: () => undefined, filerPaths: [], firestore: false };

export function takeApart(
  { what, overwrite, intoSource }: RestoreOrder,
  run: SavedRun,
  tools: Tools,
  isResumed: boolean,
): Result<RestoreParts, RestoreFailure> {
  const { restic, programs, targets } = tools;
  const needed: Record<typeof what.kind, readonly BackupSource[]> = {
    files: ['files'],
    collection: ['mongodb'],
    keycloak: ['keycloak'],
    everything: ['mongodb', 'keycloak', 'files', 'configuration'],
  };
  const held = snapshotsOf(run, needed[what.kind]);
  if (!held.ok) return held;
  const snapshots = held.value;
  const mayReplace = overwrite || isResumed;
  const scratch = path.join(tmpdir(), `innkeeper-restore-${randomUUID()}`);

  const file = (source: SingleFileSource, folder: string, mayReplace: boolean): RestoreStep =>
    restoreSingleFile({ restic, source, snapshot: snapshots(source), folder, mayReplace });
  const files = (paths: readonly string[], folder: string): RestoreStep =>
    restoreFilerPaths({
      restic,
      snapshot: snapshots('files'),
      filesDirectory: tools.filesDirectory,
      paths,
      folder,
      mayReplace,
    });
  const mongodb = (
    target: MongodbTarget,
    folder: string,
    only: Parameters<typeof loadMongodb>[0]['only'],
  ): RestoreStep =>
    loadMongodb({
      restic,
      programs,
      snapshot: snapshots('mongodb'),
      archive: path.join(folder, FILE_OF_SOURCE.mongodb),
      target,
      only,
      mayReplace,
      objection: intoSource
        ? undefined
        : objection(target.address, targets.BACKUP_MONGODB_URI?.reveal(), isSameMongodb),
    });
  const keycloak = (address: string, folder: string): RestoreStep =>
    loadKeycloak({
      programs,
      snapshot: snapshots('keycloak'),
      dump: path.join(folder, FILE_OF_SOURCE.keycloak),
      target: postgresTarget(address, targets.RESTORE_POSTGRES_PASSWORD),
      mayReplace,
      objection: intoSource ? undefined : objection(address, targets.BACKUP_POSTGRES_URI?.reveal(), isSamePostgres),
    });
  const base = {
    scratch: undefined,
    folder: undefined,
    eraseFilesIn: undefined,
    eraseMongodb: undefined,
    canHoldErased: true,
  };

  switch (what.kind) {
    case 'files':
      return ok({
        ...base,
        steps: [files(what.paths, what.folder)],
        roomIn: what.folder,
        folder: what.folder,
        places: { ...NOTHING, filerPaths: what.paths },
        eraseFilesIn: what.folder,
      });
    case 'collection': {
      const target = mongodbTarget(what.mongodb, targets.RESTORE_MONGODB_PASSWORD);
      return ok({
        ...base,
        steps: [file('mongodb', scratch, true), mongodb(target, scratch, what)],
        roomIn: scratch,
        scratch,
        places: { ...NOTHING, collection: onlyCollection(targets.MONGODB_DATABASE, what.from, what.as) },
        eraseMongodb: target,
      });
    }
    case 'keycloak':
      return ok({
        ...base,
        steps: [file('keycloak', scratch, true), keycloak(what.postgres, scratch)],
        roomIn: scratch,
        scratch,
        places: NOTHING,
        canHoldErased: false,
      });
    case 'everything': {
      const filesFolder = path.join(what.folder, 'files');
      const target =
        what.mongodb === undefined ? undefined : mongodbTarget(what.mongodb, targets.RESTORE_MONGODB_PASSWORD);
      return ok({
        ...base,
        steps: [
          file('configuration', what.folder, mayReplace),
          file('keycloak', what.folder, mayReplace),
          file('mongodb', what.folder, mayReplace),
          files(['/'], filesFolder),
          ...(what.postgres === undefined ? [] : [keycloak(what.postgres, what.folder)]),
          ...(target === undefined ? [] : [mongodb(target, what.folder, undefined)]),
        ],
        roomIn: what.folder,
        folder: what.folder,
        places: { collection: allCollectionsOf(targets.MONGODB_DATABASE), filerPaths: ['/'], firestore: true },
        eraseFilesIn: filesFolder,
        eraseMongodb: target,
      });
    }
  }
}

function snapshotsOf(
  run: SavedRun,
  sources: readonly BackupSource[],
): Result<(source: BackupSource) => ResticSnapshot, RestoreFailure> {
  const missing = sources.filter(source => run.snapshots[source] === undefined);
  if (missing.length > 0)
    return err({
      reason: 'source_missing',
      sentence: `Run ${run.runId} is incomplete: it has no ${missing.join(', no ')}.`,
      nextStep: 'Choose a complete run (pnpm restore list), or restore what it has one by one.',
    });
  return ok(source => {
    const snapshot = run.snapshots[source];
    if (snapshot === undefined) throw new Error(`${source} was not asked for`);
    return snapshot;
  });
}

function objection(
  address: string,
  source: string | undefined,
  isSame: (one: string, other: string) => boolean,
): RestoreFailure | undefined {
  if (source === undefined || !isSame(address, source)) return undefined;
  return {
    reason: 'target_is_source',
    sentence: `${address} is the database that is backed up.`,
    nextStep: 'Restore somewhere else and look at it first; if you do mean it, say --into-source --overwrite.',
  };
}
