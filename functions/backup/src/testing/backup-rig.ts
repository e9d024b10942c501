import { vaultTokens } from '@innkeeper/shared/backup/vault-tokens';
import { Secret } from '@innkeeper/shared/config/secret';
import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { LocalTime, TimeZone } from '@innkeeper/shared/domain/local-time';
import { createLog } from '@innkeeper/shared/log/log';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import type { BackupPorts, BackupSettings } from '../backup-ports.ts';
import { readRun } from '../run/run-store.ts';
import { type InMemoryDatabaseBackups, inMemoryDatabaseBackups } from './in-memory-database-backups.ts';
import { type InMemoryServers, type InMemoryServersOptions, inMemoryServers } from './in-memory-servers.ts';
import { type RecordingTelling, recordingTelling } from './recording-telling.ts';
import { type ScriptedRunner, scriptedRunner } from './scripted-runner.ts';

/** The backup functions with everything around them in memory, and a clock that a test moves. */
export interface BackupRig extends BackupPorts {
  readonly servers: InMemoryServers;
  readonly telling: RecordingTelling;
  readonly databaseBackups: InMemoryDatabaseBackups;
  /** Lines that were logged. */
  readonly logged: readonly string[];
  /** Moves the clock by this much. */
  pass(ms: number): void;
  setNow(instant: string): void;
  /** The run as it is stored. */
  runOf(runId: string): Promise<BackupRun>;
  /** The server that was made last, as it wakes up. */
  newestRunner(): Promise<ScriptedRunner>;
  /** Address of the server that was made last. */
  newestAddress(): string;
  /** Kinds of the alerts so far. */
  alertKinds(): string[];
}

export const RIG_SETTINGS: BackupSettings = {
  zone: TimeZone.parse('Europe/Lisbon'),
  time: LocalTime.parse('02:30'),
  exchangeUrl: 'https://exchange.example.com',
  reportUrl: 'https://report.example.com',
  runnerVersionMin: '0.1.0',
  candidates: [
    { type: 'cx23', location: 'nbg1' },
    { type: 'cx23', location: 'hel1' },
    { type: 'cpx22', location: 'fsn1' },
  ],
  vault: { url: 'https://vault.example.com', repository: 'company' },
  oneTimeTokenKey: new Secret('a key of one-time tokens'),
  resticPassword: new Secret('restic-password'),
  mongodbUri: new Secret('mongodb://backup:pw@mongodb.example.com/?replicaSet=rs0'),
  postgresUri: new Secret('postgres://backup:pw@postgres.example.com/keycloak'),
  filer: {
    addresses: ['filer.example.com:8888'],
    paths: [{ path: '/buckets/uploads', sentinel: '.sentinel', minimumFiles: 1, minimumBytes: 1 }],
  },
  swarmConfiguration: { 'traefik.yml': new Secret('entryPoints: {}') },
};

/** An Ed25519 key of nobody. */
export const RIG_SIGNING_KEY = {
  kty: 'OKP',
  crv: 'Ed25519',
  kid: 'rig',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
};

export function backupRig(
  options: {
    readonly now?: string;
    readonly settings?: Partial<BackupSettings>;
    readonly cloud?: Omit<InMemoryServersOptions, 'now'>;
    readonly store?: DocumentStore;
  } = {},
): BackupRig {
  let nowMs = Date.parse(options.now ?? '2026-11-21T02:30:00.000Z');
  const now = () => new Date(nowMs);
  const servers = inMemoryServers({ ...options.cloud, now: () => nowMs });
  const telling = recordingTelling();
  const store = options.store ?? inMemoryDocumentStore({ now: () => nowMs });
  const logged: string[] = [];
  let ids = 0;

  const newest = () => {
    const model = servers.history.at(-1);
    if (model === undefined) throw new Error('no server was ever made');
    return model;
  };

  return {
    store,
    servers,
    telling,
    databaseBackups: inMemoryDatabaseBackups(),
    vaultTokens: vaultTokens(RIG_SIGNING_KEY, () => `token-${(ids += 1)}`),
    now,
    log: createLog('backup', line => logged.push(line)),
    settings: { ...RIG_SETTINGS, ...options.settings },
    logged,
    pass: ms => {
      nowMs += ms;
    },
    setNow: instant => {
      nowMs = Date.parse(instant);
    },
    runOf: async runId => {
      const read = await readRun(store, RunId.parse(runId));
      if (!read.ok || read.value === undefined) throw new Error(`no run ${runId}`);
      return read.value;
    },
    newestRunner: () => scriptedRunner(newest().userData, now),
    newestAddress: () => newest().server.addresses[0] ?? '',
    alertKinds: () => telling.alerts.map(({ alert }) => alert.kind),
  };
}
