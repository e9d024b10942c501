import type { BackupSource } from '@innkeeper/shared/contracts/backup/steps';

/**
 * restic's command lines. Pure, and without secrets: password, token and address go by environment. Host and grouping
 * are fixed, so that each night's snapshot finds the one before it.
 */
export const HOST = 'innkeeper';
const LOCK_WAIT = '5m';
/**
 * Of whoever changes nothing: it takes a quarter of the time and never waits. A lock would only keep others from removing
 * what is being read, and what is young the vault gives nobody.
 */
export const NO_LOCK = '--no-lock';
const GROUPED = ['--group-by', 'host,paths'];

const tagged = (runId: string, source: BackupSource): string[] => [
  '--tag',
  `run=${runId}`,
  '--tag',
  `source=${source}`,
];

const backup = (runId: string, source: BackupSource, ...rest: readonly string[]): string[] => [
  'backup',
  '--host',
  HOST,
  ...GROUPED,
  ...tagged(runId, source),
  ...rest,
];

export const versionArguments = (): string[] => ['version'];
export const openArguments = (): string[] => ['cat', 'config'];
export const unlockArguments = (): string[] => ['unlock'];

export const backupCommandArguments = (
  runId: string,
  source: BackupSource,
  fileName: string,
  command: readonly [string, ...string[]],
): string[] => backup(runId, source, '--stdin-filename', fileName, '--stdin-from-command', '--', ...command);

export const backupBytesArguments = (runId: string, source: BackupSource, fileName: string): string[] =>
  backup(runId, source, '--stdin-filename', fileName, '--stdin');

export const backupFolderArguments = (runId: string, source: BackupSource, paths: readonly string[]): string[] =>
  backup(runId, source, '--', ...paths);

export const snapshotsArguments = (runId: string | undefined): string[] => [
  'snapshots',
  NO_LOCK,
  '--host',
  HOST,
  ...(runId === undefined ? [] : ['--tag', `run=${runId}`]),
];

/** Without a run all snapshots are looked at. */
export const forgetPreviewArguments = (
  policy: { readonly keepDaily: number; readonly keepWeekly: number; readonly keepMonthly: number },
  runIds: readonly string[],
): string[] => [
  'forget',
  '--dry-run',
  NO_LOCK,
  '--host',
  HOST,
  ...runIds.flatMap(runId => ['--tag', `run=${runId}`]),
  ...GROUPED,
  '--keep-daily',
  String(policy.keepDaily),
  '--keep-weekly',
  String(policy.keepWeekly),
  '--keep-monthly',
  String(policy.keepMonthly),
];

export const forgetArguments = (snapshotIds: readonly string[]): string[] => ['forget', '--', ...snapshotIds];

/** Wholly unused packs only: nothing is packed again, so nothing young has to go. */
export const pruneArguments = (): string[] => ['prune', '--max-unused', 'unlimited', '--verbose=2'];

export const checkArguments = (subset: string | undefined): string[] => [
  'check',
  ...(subset === undefined ? [] : ['--read-data-subset', subset]),
];

export const listArguments = (snapshotId: string): string[] => ['ls', NO_LOCK, '--', snapshotId];

export const restoreArguments = (
  snapshotId: string,
  target: string,
  includeFile: string | undefined,
  verify: boolean,
): string[] => [
  'restore',
  NO_LOCK,
  '--target',
  target,
  ...(verify ? ['--verify'] : []),
  ...(includeFile === undefined ? [] : ['--include-file', includeFile]),
  '--',
  snapshotId,
];

export const dumpArguments = (snapshotId: string, path: string): string[] => ['dump', NO_LOCK, '--', snapshotId, path];

/** What stands in front of every command. A credential that only reads cannot write a lock either. */
export const globalArguments = (cacheDirectory: string | undefined, readOnly: boolean): string[] => [
  '--json',
  ...(readOnly ? [NO_LOCK] : ['--retry-lock', LOCK_WAIT]),
  ...cacheArguments(cacheDirectory),
];

export const cacheArguments = (cacheDirectory: string | undefined): string[] =>
  cacheDirectory === undefined ? ['--no-cache'] : ['--cache-dir', cacheDirectory];
