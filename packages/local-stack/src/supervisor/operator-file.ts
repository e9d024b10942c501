import { rmSync } from 'node:fs';
import { mountPoint } from '../stand-ins/hetzner/server-machine.ts';
import { VAULT_REPOSITORY } from './backup-parts.ts';
import { type Connections, local, type Ports } from './connections.ts';
import type { StackSecrets } from './secrets.ts';
import { writeWhole } from './write-whole.ts';

/**
 * What an operator's commands (`./dev restore`, `./dev backfill` …) have to know of a running stack, as the environment
 * file that they read when they are told nothing else. Holds secrets; there only while the stack is.
 */
export function writeOperatorFile(
  path: string,
  stack: {
    readonly connections: Connections;
    readonly ports: Ports;
    readonly secrets: StackSecrets;
    /** Of the part `hetzner`. */
    readonly cloudDirectory: string;
  },
): void {
  const { connections, ports, secrets, cloudDirectory } = stack;
  const variables = {
    VAULT_URL: local(ports['backup-vault']),
    VAULT_REPOSITORY,
    VAULT_SIGNING_KEY: JSON.stringify(secrets.vaultKey.privateKey),
    RESTIC_PASSWORD: secrets.resticPassword,
    FILES_DIRECTORY: mountPoint(cloudDirectory),
    BACKUP_LAUNCH_URL: `${local(ports.gateway)}/invoke/launch`,
    GUESTY_WEBHOOK_ORIGIN: local(ports['guesty-webhook']),
    AIRCALL_WEBHOOK_ORIGIN: local(ports['aircall-webhook']),
    OPERATOR_TOKEN: secrets.operatorToken,
    ROCKETCHAT_URL: connections.rocketchat.url,
    ROCKETCHAT_USER_ID: connections.rocketchat.userId,
    ROCKETCHAT_AUTH_TOKEN: connections.rocketchat.authToken,
    PUBSUB_EMULATOR_HOST: connections.pubsub.host,
    GOOGLE_CLOUD_PROJECT: connections.projectId,
    FIRESTORE_EMULATOR_HOST: connections.firestore.host,
    FIRESTORE_DATABASE: connections.database,
    FIRESTORE_OPS_DATABASE: connections.opsDatabase,
    METADATA_SERVER_DETECTION: 'none',
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}='${value}'`);
  writeWhole(path, `${lines.join('\n')}\n`);
}

export const removeOperatorFile = (path: string): void => rmSync(path, { force: true });
