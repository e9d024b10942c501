import { FILER_PATH, FILER_SENTINEL } from './company-files.ts';
import { local } from './connections.ts';
import { type OwnPart, ownPart } from './own-part.ts';
import type { Part } from './part.ts';
import type { PartsOptions } from './parts.ts';

/** What the nightly backup needs around it: where servers come from, Keycloak's database, and what functions are told. */
const ZONE = 'Europe/Lisbon';
export const VAULT_REPOSITORY = 'company';

const oidc = (name: string) => ({
  audience: `https://backup.innkeeper.example/${name}`,
  email: 'scheduler@innkeeper.example',
});

/** Who calls the private functions, and when. A person who watches does not wait five minutes for the sweep. */
export const BACKUP_JOBS = [
  { name: 'launch', oidc: oidc('launch'), schedule: { dailyAt: '02:30', zone: ZONE } },
  { name: 'sweep', oidc: oidc('sweep'), schedule: { everySeconds: 30 } },
] as const;

/** For a server that has no identity in any cloud. */
export const PUBLIC_BACKUP_FUNCTIONS = ['exchange', 'report'] as const;

export function hetznerCloud(options: PartsOptions): Part {
  const { connections, ports, programs, serverPrograms, resticBinary, filerDirectory } = options;
  return ownPart(programs, {
    name: 'hetzner',
    port: ports.hetzner,
    environment: {
      HCLOUD_TOKEN: connections.hetzner.token,
      BACKUP_RUNNER_PROGRAM: programs['backup-runner'],
      SERVER_PROGRAMS: serverPrograms,
      RESTIC_BINARY: resticBinary,
      SERVER_ENV_FILER_DIRECTORY: filerDirectory,
    },
  });
}

export function keycloakDatabase({ ports, secrets, programs }: PartsOptions): Part {
  return ownPart(programs, {
    name: 'postgres',
    port: ports.postgres,
    environment: { POSTGRES_PORT: String(ports['postgres-wire']), POSTGRES_PASSWORD: secrets.postgresPassword },
  });
}

export function backupVariables({ connections, ports, secrets }: PartsOptions): OwnPart['environment'] {
  const { hetzner, mongodb, postgres, rocketchat } = connections;
  return {
    FIRESTORE_OPS_DATABASE: connections.opsDatabase,
    BACKUP_ZONE: ZONE,
    BACKUP_EXCHANGE_URL: `${local(ports.exchange)}/`,
    BACKUP_REPORT_URL: `${local(ports.report)}/`,
    HCLOUD_ENDPOINT: hetzner.url,
    HCLOUD_TOKEN: hetzner.token,
    BACKUP_SERVERS: JSON.stringify([
      { type: 'cx23', location: 'nbg1' },
      { type: 'cpx22', location: 'fsn1' },
    ]),
    BACKUP_NETWORK_ID: '4711',
    BACKUP_FIREWALL_ID: '815',
    BACKUP_SSH_KEY: 'operators',
    VAULT_URL: local(ports['backup-vault']),
    VAULT_REPOSITORY,
    VAULT_SIGNING_KEY: JSON.stringify(secrets.vaultKey.privateKey),
    RESTIC_PASSWORD: secrets.resticPassword,
    BACKUP_MONGODB_URI: mongodb.uri,
    BACKUP_POSTGRES_URI: postgres.uri,
    FILER_ADDRESSES: '127.0.0.1:8888',
    BACKUP_FILER_PATHS: JSON.stringify([
      { path: FILER_PATH, sentinel: FILER_SENTINEL, minimumFiles: 1, minimumBytes: 1 },
    ]),
    SWARM_CONFIGURATION: JSON.stringify({ 'stack.env': 'ROCKETCHAT_TAG=8.9.0\n' }),
    ROCKETCHAT_URL: rocketchat.url,
    ROCKETCHAT_AUTH_TOKEN: rocketchat.authToken,
    BACKUP_ROOM_ID: 'GENERAL',
    DEAD_MAN_URL: `${local(ports.gateway)}/ping/nightly-backup`,
    FIRESTORE_ADMIN_URL: `${local(ports.google)}/v1`,
    GCE_METADATA_HOST: `127.0.0.1:${ports.google}`,
  };
}

export const vaultVariables = ({ secrets }: PartsOptions): Record<string, string> => ({
  VAULT_PUBLIC_KEYS: JSON.stringify([secrets.vaultKey.publicKey]),
});
