import { type Dice, rollDice } from '@innkeeper/local-stack/demo/world/dice';
import { vaultTokens } from '@innkeeper/shared/backup/vault-tokens';
import { Secret } from '@innkeeper/shared/config/secret';
import { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { RunnerFailure } from '@innkeeper/shared/contracts/backup/failure';
import type { BackupStep } from '@innkeeper/shared/contracts/backup/steps';
import { TimeZone } from '@innkeeper/shared/domain/local-time';
import { type InMemoryDocumentStore, inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryTeamChat } from '@innkeeper/shared/testing/in-memory-team-chat';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { BackupPorts, BackupSettings } from '../src/backup-ports.ts';
import { RIG_SETTINGS } from '../src/testing/backup-rig.ts';
import { inMemoryDatabaseBackups } from '../src/testing/in-memory-database-backups.ts';
import { type InMemoryDeadMan, inMemoryDeadMan } from '../src/testing/in-memory-dead-man.ts';
import { type InMemoryServers, inMemoryServers, type ModelServer } from '../src/testing/in-memory-servers.ts';
import { type CallFaults, callFaults } from './call-faults.ts';
import { type Chronicle, chronicle } from './chronicle.ts';
import { type Conditions, conditions } from './conditions.ts';
import { type Monitoring, monitoring } from './monitoring.ts';
import type { PendingFate } from './server-fate.ts';
import { type VirtualTime, virtualTime } from './virtual-time.ts';

/** Everything there is in a simulated year but the functions themselves, with all that can go wrong with it. */
export interface World {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly chronicle: Chronicle;
  readonly conditions: Conditions;
  readonly monitoring: Monitoring;
  readonly callFaults: CallFaults;
  readonly servers: InMemoryServers;
  readonly store: InMemoryDocumentStore;
  readonly chat: ReturnType<typeof inMemoryTeamChat>;
  readonly deadMan: InMemoryDeadMan;
  readonly databaseBackups: ReturnType<typeof inMemoryDatabaseBackups>;
  readonly vaultTokens: BackupPorts['vaultTokens'];
  readonly vaultPublicKeys: readonly JWK[];
  readonly settings: BackupSettings;
  /** For the next server that is born. */
  readonly fates: PendingFate[];
  /** The next call of this function dies after so many calls of its own. */
  readonly kills: { readonly fault: string; readonly name: FunctionName; readonly afterCalls: number }[];
  /** What the work of a `work_impossible` condition fails with, by fault. */
  readonly workTroubles: Map<string, WorkTrouble>;
  /** Servers without power. */
  readonly dark: Set<number>;
  onServerBorn: (model: ModelServer) => void;
}

export type FunctionName = 'launch' | 'sweep' | 'exchange' | 'report';
export interface WorkTrouble {
  readonly step: 'booting' | BackupStep;
  readonly reason: RunnerFailure;
}

export const ROOM = 'backups';
export const ZONE = TimeZone.parse('Europe/Berlin');

export async function createWorld(seed: number, startMs: number): Promise<World> {
  const time = virtualTime(startMs);
  const dice = rollDice(seed);
  const book = chronicle(time.now, Object.values(SECRETS));
  const keys = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const chat = inMemoryTeamChat();
  chat.addRoom(ROOM, 'private');
  const world: World = {
    time,
    dice,
    chronicle: book,
    conditions: conditions(time.now, book.hit),
    monitoring: monitoring(time, book),
    callFaults: callFaults(time.now, dice, book.hit),
    servers: inMemoryServers({
      now: time.now,
      startMs: 20_000,
      deletionMs: 5_000,
      serversMax: 5,
      onCreated: model => world.onServerBorn(model),
      onDeleted: ({ server }) => world.dark.add(server.id),
    }),
    store: watchedStore(time, book),
    chat,
    deadMan: inMemoryDeadMan({ now: time.now, periodMs: 86_400_000, graceMs: 7 * 3_600_000 }),
    databaseBackups: inMemoryDatabaseBackups({ name: 'backups/1', snapshotTime: new Date(startMs).toISOString() }),
    vaultTokens: vaultTokens(
      { ...(await exportJWK(keys.privateKey)), kid: 'simulation' },
      () => `token-${dice.between(1, 1e9)}`,
    ),
    vaultPublicKeys: [await exportJWK(keys.publicKey)],
    settings: SETTINGS,
    fates: [],
    kills: [],
    workTroubles: new Map(),
    dark: new Set(),
    onServerBorn: () => undefined,
  };
  return world;
}

/** What is written about runs is written down with the world's own time. */
function watchedStore(time: VirtualTime, book: Chronicle): InMemoryDocumentStore {
  const store = inMemoryDocumentStore({
    now: time.now,
    fault: ({ operation, phase, paths }) => {
      if (operation !== 'commit' || phase !== 'after') return undefined;
      for (const path of paths.filter(one => one.startsWith('backups/'))) {
        const run = BackupRun.safeParse(store.documents.get(path)?.fields);
        if (run.success) book.run(run.data);
        else book.flaw(`${path} is not of the form of its contract`);
      }
      return undefined;
    },
  });
  return store;
}

/** Recognisable, so that a single one in a log or a message is found. */
const SECRETS = {
  oneTimeTokenKey: 'secret-one-time-token-key',
  resticPassword: 'secret-restic-password',
  mongodbUri: 'mongodb://backup:secret-mongodb@mongo.example.com/rocketchat',
  postgresUri: 'postgres://backup:secret-postgres@keycloak.example.com/keycloak',
  swarm: 'secret-swarm-configuration',
};

const SETTINGS: BackupSettings = {
  ...RIG_SETTINGS,
  zone: ZONE,
  oneTimeTokenKey: new Secret(SECRETS.oneTimeTokenKey),
  resticPassword: new Secret(SECRETS.resticPassword),
  mongodbUri: new Secret(SECRETS.mongodbUri),
  postgresUri: new Secret(SECRETS.postgresUri),
  swarmConfiguration: { 'stack.yml': new Secret(SECRETS.swarm) },
};
