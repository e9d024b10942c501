import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startFunctions } from '@innkeeper/local-stack/functions-host/start-functions';
import { PREPARED_IMAGE } from '@innkeeper/local-stack/stand-ins/hetzner/prepared-image';
import { startHetzner } from '@innkeeper/local-stack/stand-ins/hetzner/start-hetzner';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { expect, test } from 'vitest';
import { RIG_SIGNING_KEY } from '../src/testing/backup-rig.ts';

test('the functions as they are deployed start a server from their environment alone', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'backup-composition-'));
  const hetzner = await startHetzner({
    port: 0,
    stateDirectory: directory,
    token: 'token-of-the-project',
    images: [PREPARED_IMAGE],
    paceMs: 1,
  });
  const nowhere = 'http://127.0.0.1:9';
  Object.assign(process.env, {
    FIRESTORE_EMULATOR_HOST: firestoreEmulatorHost(),
    GOOGLE_CLOUD_PROJECT: `backup-composition-${process.pid}`,
    BACKUP_ZONE: 'Europe/Lisbon',
    BACKUP_EXCHANGE_URL: 'https://exchange.example.com',
    BACKUP_REPORT_URL: 'https://report.example.com',
    HCLOUD_ENDPOINT: `${hetzner.url}/v1`,
    HCLOUD_TOKEN: 'token-of-the-project',
    BACKUP_SERVERS: '[{"type":"cx23","location":"nbg1"}]',
    BACKUP_NETWORK_ID: '4711',
    BACKUP_FIREWALL_ID: '815',
    BACKUP_SSH_KEY: 'operators',
    VAULT_URL: 'https://vault.example.com',
    VAULT_SIGNING_KEY: JSON.stringify(RIG_SIGNING_KEY),
    RESTIC_PASSWORD: 'restic-password',
    BACKUP_MONGODB_URI: 'mongodb://mongodb.example.com',
    BACKUP_POSTGRES_URI: 'postgres://postgres.example.com/keycloak',
    FILER_ADDRESSES: 'filer.example.com:8888',
    BACKUP_FILER_PATHS: '[{"path":"/buckets/uploads","sentinel":".s","minimumFiles":1,"minimumBytes":0}]',
    ROCKETCHAT_URL: nowhere,
    ROCKETCHAT_USER_ID: 'bot',
    ROCKETCHAT_AUTH_TOKEN: 'chat-token',
    BACKUP_ROOM_ID: 'room',
    DEAD_MAN_URL: nowhere,
    FIRESTORE_ADMIN_URL: nowhere,
    GCE_METADATA_HOST: '127.0.0.1:9',
  });
  await import('../src/index.ts');
  const targets = ['launch', 'sweep', 'exchange', 'report'].map(target => ({ target, port: 0 }));
  const functions = await startFunctions({ targets, controlPort: 0 });
  try {
    const post = (target: string) => fetch(functions.urlOf(target), { method: 'POST' }).then(reply => reply.json());
    expect(await post('launch')).toMatchObject({ state: 'booting', started: true });
    expect(await post('sweep')).toEqual({ undone: [] });
    expect(await post('launch')).toMatchObject({ state: 'booting', started: false });
    const made = await fetch(`${hetzner.url}/_control/servers`).then(reply => reply.json());
    expect((made as { servers: unknown[] }).servers).toHaveLength(1);
  } finally {
    await functions.close();
    await hetzner.close();
    rmSync(directory, { recursive: true });
  }
});
