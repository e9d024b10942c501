import { BackupConfig } from '@innkeeper/backup/config';
import { ActiveRun, BackupRun, BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';
import { askOnce } from '../asking/ask-once.ts';
import { askErrorOf, readDocument } from '../asking/read-document.ts';
import { VENDORS } from '../asking/vendors.ts';
import type { Expected } from '../expected/expected.ts';
import { DATABASES } from '../expected/firestore.ts';
import { both, onceDeployed, there } from '../run/availability.ts';
import { type Check, check } from '../run/check.ts';
import type { DocumentReader, World } from '../world.ts';
import {
  judgeDatabaseBackups,
  judgeDrill,
  judgeImages,
  judgeLastGood,
  judgeLastRun,
  judgeOutsideWatch,
  judgeServers,
  judgeVault,
} from './judge-backups.ts';

/** The nightly backup, from outside: Firestore and Hetzner know it with the Swarm down. */
export function backupChecks(
  world: Pick<World, 'addresses' | 'firestore' | 'hetzner' | 'ops' | 'secrets'>,
  { deployed }: Pick<Expected, 'deployed'>,
  vaultUrl: string,
  now: Date,
): Check[] {
  const ops = onceDeployed(deployed.functions, 'functions', world.ops);
  const hetzner = onceDeployed(deployed.functions, 'functions', world.hetzner);
  const readActive = askOnce((store: DocumentReader) => readDocument(store, 'backupStatus/current', ActiveRun));
  const readSummary = askOnce((store: DocumentReader) => readDocument(store, 'backupStatus/summary', BackupSummary));
  const documents = { of: ops, asked: VENDORS.google };
  const servers = { asked: VENDORS.hetzner };
  return [
    check({
      ...documents,
      id: 'backups/last-good',
      title: 'last good backup',
      read: readActive,
      judge: active => judgeLastGood(active, now),
    }),
    check({ ...documents, id: 'backups/last-run', title: 'last run', read: readSummary, judge: judgeLastRun }),
    check({
      ...documents,
      id: 'backups/restore-drill',
      title: 'last proven restore',
      read: readActive,
      judge: active => judgeDrill(active, now),
    }),
    check({
      id: 'backups/outside-watch',
      title: 'outside watch (dead man’s switch)',
      of: both(ops, world.secrets),
      asked: VENDORS.google,
      read: async ([store, secrets]) => {
        const address = await secrets.newest(WATCH_ADDRESS);
        if (!address.ok) return address;
        if (address.value === undefined) return ok({ isSetUp: false, run: undefined });
        const summary = await readSummary(store);
        if (!summary.ok) return summary;
        const runId = summary.value?.lastRun?.runId;
        if (runId === undefined) return ok({ isSetUp: true, run: undefined });
        const run = await readDocument(store, `backups/${runId}`, BackupRun);
        return run.ok ? ok({ isSetUp: true, run: run.value }) : run;
      },
      judge: found => judgeOutsideWatch(found, now),
    }),
    check({
      id: 'backups/databases',
      title: 'Firestore’s own backups',
      of: world.firestore,
      asked: VENDORS.google,
      read: admin => admin.newestBackups(),
      judge: newest => judgeDatabaseBackups(newest, Object.values(DATABASES), now),
    }),
    check({
      ...servers,
      id: 'backups/snapshot',
      title: 'snapshot of the backup server',
      of: hetzner,
      read: cloud => cloud.images(),
      judge: images => judgeImages(images, RUNNER_VERSION_MIN, now),
    }),
    check({
      ...servers,
      id: 'backups/servers',
      title: 'backup servers left over',
      of: both(hetzner, ops),
      read: async ([cloud, store]) => {
        const found = await cloud.backupServers();
        if (!found.ok) return found;
        const runs = await readRuns(
          store,
          found.value.flatMap(({ runId }) => runId ?? []),
        );
        return runs.ok ? ok({ servers: found.value, runs: runs.value }) : runs;
      },
      judge: found => judgeServers(found.servers, found.runs, now),
    }),
    check({
      id: 'backups/vault',
      title: 'vault',
      of: onceDeployed(deployed.workers, 'workers', there(world.addresses)),
      asked: VENDORS.names,
      read: addresses => addresses.get(`${vaultUrl}/healthz`),
      judge: judgeVault,
    }),
  ];
}

/** Secret of functions/backup, in the catalogue of packages/secrets. */
const WATCH_ADDRESS = 'dead-man-url';

/** What functions/backup accepts where nothing else is configured, and the deployment configures nothing. */
const RUNNER_VERSION_MIN = BackupConfig.shape.BACKUP_RUNNER_VERSION_MIN.parse(undefined);

/** A run that cannot be read is as good as unknown: its server is then nobody’s. */
async function readRuns(
  store: DocumentReader,
  runIds: readonly BackupRun['runId'][],
): Promise<Result<ReadonlyMap<BackupRun['runId'], BackupRun>, AskError>> {
  const read = await store.getAll([...new Set(runIds)].map(runId => `backups/${runId}` as const));
  if (!read.ok) return err(askErrorOf(read.error));
  const runs = read.value.flatMap(document => {
    const run = BackupRun.safeParse(document?.fields);
    return run.success ? [[run.data.runId, run.data] as const] : [];
  });
  return ok(new Map(runs));
}
