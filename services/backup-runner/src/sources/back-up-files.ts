import { randomBytes } from 'node:crypto';
import type { TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';
import { err, ok } from '@innkeeper/shared/result/result';
import type { RunContext, StepResult } from '../run/step.ts';
import type { BackUpFiles } from '../run/steps.ts';
import { CONFIGURATION_FILE, type ConfigurationFile } from './configuration-file.ts';
import { mountedAt, withMountedFiles } from './mounts.ts';
import { keepRecord } from './run-record.ts';

/** The filer's paths as one snapshot, secrets and configuration as another. The first failure ends it. */
export const backUpFiles: BackUpFiles = async context => {
  const files = await backUpFilerPaths(context);
  if (!files.ok) return files;
  const configuration = await backUpConfiguration(context);
  if (!configuration.ok) return configuration;
  return ok({ step: 'backing_up', snapshots: [files.value, configuration.value] });
};

async function backUpFilerPaths(context: RunContext): StepResult<TakenSnapshot> {
  const { paths } = context.order.filer;
  const taken = await withMountedFiles(context, () =>
    context.restic.backupFolder({
      source: 'files',
      runId: context.order.runId,
      paths: paths.map(path => mountedAt(context, path)),
      progress: context.progress,
    }),
  );
  if (!taken.ok) return taken;
  // Once more, of what restic read: a mount can be lost behind the first look.
  const files = paths.reduce((sum, { minimumFiles }) => sum + minimumFiles, 0);
  const bytes = paths.reduce((sum, { minimumBytes }) => sum + minimumBytes, 0);
  if (taken.value.totalFiles >= files && taken.value.totalBytes >= bytes) return taken;
  return err({
    reason: 'files_too_few',
    detail: `${taken.value.totalFiles} files with ${taken.value.totalBytes} bytes were read, less than the minimum.`,
  });
}

/** Secrets, configuration and this run's canary, from memory: they are never a file on this server. */
async function backUpConfiguration(context: RunContext): StepResult<TakenSnapshot> {
  const canary = randomBytes(32).toString('base64url');
  await keepRecord(context, 'canary', canary);
  const { runId, configuration, firestoreBackup } = context.order;
  const file: ConfigurationFile = {
    v: 1,
    runId,
    files: configuration,
    canary,
    ...(firestoreBackup === undefined ? {} : { firestoreBackup }),
  };
  return context.restic.backupBytes({
    source: 'configuration',
    runId,
    fileName: CONFIGURATION_FILE,
    bytes: new TextEncoder().encode(JSON.stringify(file)),
  });
}
