import { setTimeout as pause } from 'node:timers/promises';
import { firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { rocketChatTeamChat } from '@innkeeper/shared/adapters/rocketchat/rocketchat-team-chat';
import { vaultTokens } from '@innkeeper/shared/backup/vault-tokens';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { createLog } from '@innkeeper/shared/log/log';
import type { BackupPorts } from './backup-ports.ts';
import { BackupConfig, backupSettings, vaultSigningKey } from './config.ts';
import { httpDeadMan } from './dead-man/http-dead-man.ts';
import { firestoreBackups } from './firestore-backups/firestore-backups.ts';
import { metadataAccessTokens } from './firestore-backups/metadata-access-tokens.ts';
import { hetznerServers } from './hetzner/hetzner-servers.ts';
import { registerFunctions } from './http/register-functions.ts';
import { nextDue } from './run/calendar.ts';
import { createTelling } from './telling/create-telling.ts';

/** Composition root: configuration once per instance; four functions that share everything. */
const log = createLog('backup');
const config = parseConfig('backup', BackupConfig, process.env);
const settings = backupSettings(config);
const fetcher = (url: string, init: RequestInit) => fetch(url, init);
const now = () => new Date();
const store = firestoreSdk({ project: config.GOOGLE_CLOUD_PROJECT, database: config.FIRESTORE_OPS_DATABASE });

const ports: BackupPorts = {
  store,
  servers: hetznerServers({
    endpoint: config.HCLOUD_ENDPOINT,
    token: config.HCLOUD_TOKEN,
    settings: {
      networkId: config.BACKUP_NETWORK_ID,
      firewallId: config.BACKUP_FIREWALL_ID,
      sshKey: config.BACKUP_SSH_KEY,
    },
    pause: ms => pause(ms),
    now,
  }),
  telling: createTelling({
    store,
    chat: rocketChatTeamChat({
      fetch: fetcher,
      url: config.ROCKETCHAT_URL,
      userId: config.ROCKETCHAT_USER_ID,
      authToken: config.ROCKETCHAT_AUTH_TOKEN,
    }),
    roomId: config.BACKUP_ROOM_ID,
    log,
    now,
    zone: settings.zone,
    deadMan: config.DEAD_MAN_URL === undefined ? undefined : httpDeadMan(config.DEAD_MAN_URL, fetcher),
    nextDueAt: after => nextDue(settings, after).at,
  }),
  vaultTokens: vaultTokens(vaultSigningKey(config), () => crypto.randomUUID()),
  databaseBackups: firestoreBackups({
    url: config.FIRESTORE_ADMIN_URL,
    project: config.GOOGLE_CLOUD_PROJECT,
    tokens: metadataAccessTokens(config.GCE_METADATA_HOST, fetcher),
    fetch: fetcher,
  }),
  now,
  log,
  settings,
};

registerFunctions(ports);
