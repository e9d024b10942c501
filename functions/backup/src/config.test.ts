import { inspect } from 'node:util';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { expect, test } from 'vitest';
import { BackupConfig, backupSettings, vaultSigningKey } from './config.ts';
import { RIG_SIGNING_KEY } from './testing/backup-rig.ts';

const ENVIRONMENT = {
  GOOGLE_CLOUD_PROJECT: 'p',
  BACKUP_ZONE: 'Europe/Lisbon',
  BACKUP_EXCHANGE_URL: 'https://exchange.example.com/',
  BACKUP_REPORT_URL: 'https://report.example.com',
  HCLOUD_TOKEN: 'hcloud-token',
  BACKUP_SERVERS: '[{"type":"cx23","location":"nbg1"}]',
  BACKUP_NETWORK_ID: '4711',
  BACKUP_FIREWALL_ID: '815',
  BACKUP_SSH_KEY: 'operators',
  VAULT_URL: 'https://vault.example.com',
  VAULT_SIGNING_KEY: JSON.stringify(RIG_SIGNING_KEY),
  RESTIC_PASSWORD: 'restic-password',
  BACKUP_MONGODB_URI: 'mongodb://backup:pw@mongodb.example.com',
  BACKUP_POSTGRES_URI: 'postgres://backup:pw@postgres.example.com/keycloak',
  FILER_ADDRESSES: 'filer-1:8888, filer-2:8888',
  BACKUP_FILER_PATHS: '[{"path":"/buckets/uploads","sentinel":".sentinel","minimumFiles":1,"minimumBytes":1}]',
  SWARM_CONFIGURATION: '{"traefik.yml":"entryPoints: {}"}',
  ROCKETCHAT_URL: 'https://chat.example.com',
  ROCKETCHAT_USER_ID: 'bot',
  ROCKETCHAT_AUTH_TOKEN: 'chat-token',
  BACKUP_ROOM_ID: 'room',
};

test('a full environment becomes settings, with what is usual filled in', () => {
  const config = parseConfig('backup', BackupConfig, ENVIRONMENT);
  expect(config).toMatchObject({ FIRESTORE_OPS_DATABASE: 'ops', HCLOUD_ENDPOINT: 'https://api.hetzner.cloud/v1' });
  const settings = backupSettings(config);
  expect(settings).toMatchObject({
    time: '02:30',
    exchangeUrl: 'https://exchange.example.com',
    runnerVersionMin: '0.1.0',
    vault: { url: 'https://vault.example.com', repository: 'company' },
    filer: { addresses: ['filer-1:8888', 'filer-2:8888'] },
  });
  expect(settings.swarmConfiguration['traefik.yml']?.reveal()).toBe('entryPoints: {}');
  expect(settings.oneTimeTokenKey.reveal()).not.toContain(RIG_SIGNING_KEY.d);
  expect(vaultSigningKey(config)).toEqual(RIG_SIGNING_KEY);
});

test('secrets print as redacted', () => {
  const config = parseConfig('backup', BackupConfig, ENVIRONMENT);
  const printed = inspect([config, backupSettings(config)], { depth: 9 });
  for (const secret of ['restic-password', ':pw@', 'entryPoints', RIG_SIGNING_KEY.d])
    expect(printed).not.toContain(secret);
});

test.each([
  ['BACKUP_ZONE', 'Europe/Atlantis'],
  ['BACKUP_TIME', '25:00'],
  ['BACKUP_SERVERS', '[]'],
  ['BACKUP_SERVERS', 'cx23@nbg1'],
  ['BACKUP_NETWORK_ID', 'production'],
  ['VAULT_SIGNING_KEY', '{"kty":"RSA","d":"private-part"}'],
  ['SWARM_CONFIGURATION', '{"../x":"private-part"}'],
  ['BACKUP_FILER_PATHS', '[{"path":"relative"}]'],
  ['BACKUP_FILER_PATHS', '[]'],
  ['FILER_ADDRESSES', ' , '],
])('%s cannot be %s; the message names the variable and no value', (name, value) => {
  let message = '';
  try {
    parseConfig('backup', BackupConfig, { ...ENVIRONMENT, [name]: value });
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain(name);
  expect(message).not.toContain('private-part');
});
