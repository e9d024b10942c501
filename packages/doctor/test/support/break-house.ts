import { exampleRun } from '@innkeeper/backup/testing/example-run';
import type { Deployment } from '@innkeeper/deployment/deploy/deployment';
import { LocalDate } from '@innkeeper/shared/domain/local-time';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { nodeTlsEndpoints } from '../../src/adapters/node-tls-endpoints.ts';
import type { DoctorContext } from '../../src/command/perform-doctor.ts';
import { CLOUDFLARE_TOKEN } from './healthy-cloudflare.ts';
import { writeDocuments } from './healthy-documents.ts';
import type { House } from './house.ts';

const DAY_MS = 86_400_000;

/** Everything goes wrong that a check can find. What has to be said to the doctor to look at it, ten days later. */
export async function breakHouse(house: House): Promise<Partial<DoctorContext>> {
  const now = new Date(house.now.getTime() + 10 * DAY_MS);
  breakGoogle(house, now);
  breakCloudflare(house, now);
  breakWorkers(house);
  house.addresses.health.set(nameOf(house, 'login'), { status: 502, body: '<html>Bad gateway</html>' });
  house.addresses.health.set(nameOf(house, 'llm_query'), { status: 200, body: { ok: true } });
  house.addresses.health.set(nameOf(house, 'backup_vault'), { status: 503 });
  house.secrets.secrets.delete('groq-api-key');
  house.secrets.secrets.set('aircall-api-token', [
    { value: 'old', createdAtMs: now.getTime() - 500 * DAY_MS, state: 'ENABLED' },
  ]);
  await house.chat.switchIntegration(false);
  await house.vendors.orderServer({ name: 'backup-2026-11-01', labels: { role: 'backup', run: '2026-11-01' } });
  await house.vendors.putImage({ labels: { role: 'backup-runner', runner: '0.0.9', protocol: '1' } });
  return {
    environment: {
      ...house.environment,
      GOOGLE_CLOUD_PROJECT: await writeSickDocuments(now),
      EMBEDDINGS_DIMENSIONS: '512',
    },
    tls: nodeTlsEndpoints({ port: house.addresses.tlsPort, hostOf: () => '127.0.0.1' }),
    now: () => now,
  };
}

const nameOf = ({ values }: House, name: string): string => values.hostnames[name] ?? '';

function breakGoogle({ google }: House, now: Date): void {
  google.databases = google.databases.map(database => ({ ...database, isDeleteProtected: database.id !== 'ops' }));
  google.indexes = google.indexes.map(index => ({ ...index, state: 'NEEDS_REPAIR' }));
  google.expiringFields = google.expiringFields.slice(1);
  google.services = google.services.flatMap(service => {
    switch (service.name) {
      case 'launch':
        return [{ ...service, isReady: false }];
      case 'sweep':
        return [];
      case 'exchange':
        return [{ ...service, latestCreated: 'exchange-00008-bad' }];
      case 'report':
        return [{ ...service, latestCreated: 'report-00008-new', latestReady: 'report-00008-new' }];
      default:
        return [{ ...service, traffic: [] }];
    }
  });
  const deployment = google.objects.get('deployments/prod.json') as Deployment;
  const failure = { stage: 'workers', sentence: 'No answer.', nextStep: 'Read the log of llm-query.' } as const;
  const before = { 'worker/backup-vault': 'an-older-one', 'function/report': 'report-00006-old' };
  google.objects.set('deployments/prod.json', {
    ...deployment,
    outcome: 'rolled_back',
    before,
    failure,
    contracts: { ansible: { 'chat-change': { writes: 9, reads: [9] } } },
  });
  google.subscriptions = google.subscriptions.filter(({ name }) => name !== 'vectorize-chat-dead');
  const atMs = now.getTime() - 60_000;
  google.points = [
    ...['vectorize-chat-live', 'vectorize-chat-backfill'].map(subscription => ({
      metric: 'pubsub.googleapis.com/subscription/oldest_unacked_message_age',
      subscription,
      atMs,
      value: 90_000,
    })),
    {
      metric: 'pubsub.googleapis.com/subscription/dead_letter_message_count',
      subscription: 'vectorize-chat-live',
      atMs,
      value: 4,
    },
  ];
}

function breakCloudflare({ cloudflare, values }: House, now: Date): void {
  cloudflare.callers.set(CLOUDFLARE_TOKEN, {
    rights: cloudflare.callers.get(CLOUDFLARE_TOKEN)?.rights ?? [],
    expiresAtMs: now.getTime() + 5 * DAY_MS,
  });
  const records = cloudflare.dnsRecords?.get(values.zoneId) ?? [];
  const { chat = '', login = '', aircall_webhook: aircall = '', guesty_webhook: guesty = '' } = values.hostnames;
  cloudflare.dnsRecords = new Map([
    [
      values.zoneId,
      [
        ...records.filter(({ name }) => name === login).map(record => ({ ...record, proxied: false })),
        ...records.filter(({ name }) => name === chat).slice(1),
        { id: 'new', name: chat, type: 'A', content: '198.51.100.66', proxied: true },
        { id: 'bare', name: aircall, type: 'A', content: '198.51.100.67', proxied: false },
        // The other Workers' records are gone.
        ...records.filter(({ name }) => name === `not ${guesty}`),
      ],
    ],
  ]);
  const [live, dead, other] = cloudflare.queues ?? [];
  if (live === undefined || dead === undefined || other === undefined) throw new Error('a house has four queues');
  cloudflare.queues = [
    { ...live, isPaused: true },
    { ...dead, backlog: 7, oldestAtMs: now.getTime() - DAY_MS },
    { ...other, consumers: 0 },
  ];
  cloudflare.workers.get('guesty-webhook')?.secrets.delete('GUESTY_CLIENT_SECRET__V1');
  cloudflare.workers.get('aircall-webhook')?.secrets.delete('OPERATOR_TOKENS');
  cloudflare.deployments = (cloudflare.deployments ?? []).flatMap(deployment => {
    switch (deployment.script) {
      case 'guesty-webhook':
        return [];
      case 'llm-query':
        return [
          {
            ...deployment,
            versions: [
              { id: 'a', percentage: 90, tag: 'aaaa' },
              { id: 'b', percentage: 10, tag: 'bbbb' },
            ],
          },
        ];
      default:
        return [deployment];
    }
  });
}

function breakWorkers({ workers }: House): void {
  const { guesty, aircall } = workers;
  workers.guesty = {
    ...guesty,
    unsent: 400,
    token: { attemptsLeft: 0 },
    backlog: { ...guesty.backlog, bySubject: { reservation: 3 }, oldestMs: 7_200_000, failing: 1 },
    subscription: {
      ...guesty.subscription,
      problem: { reason: 'switched_off', detail: 'a1 is switched off at the vendor.' },
    },
  };
  workers.aircall = {
    ...aircall,
    unsent: 51,
    backlog: { ...aircall.backlog, bySubject: { call: 3 }, oldestMs: 7_200_000 },
    subscription: { ...aircall.subscription, subscriptions: [] },
  };
}

/** Documents as they were ten days ago, and what had failed by then. */
async function writeSickDocuments(now: Date): Promise<string> {
  const project = `doctor-sick-${now.getTime().toString(36)}`;
  const ago = (days: number): string => new Date(now.getTime() - days * DAY_MS).toISOString();
  const day = LocalDate.parse(ago(10).slice(0, 10));
  const run = exampleRun({ day, state: 'failed' });
  await writeDocuments(firestoreEmulatorHost(), project, {
    business: {
      'events/guesty-1': { source: 'guesty', receivedAt: ago(10) },
      'heartbeats/mongo-listener': { v: 1, at: ago(10), state: 'following', caughtUpTo: ago(10) },
      'indexState/records-1': { chunks: 5_000 },
      'parked/a': { by: 'vectorize' },
      'parked/b': { by: 'vectorize' },
      'parked/c': { by: 'guesty-webhook' },
    },
    ops: {
      [`backups/${run.runId}`]: JSON.parse(JSON.stringify(run)) as object,
      'backupStatus/current': { v: 1, lastGood: { runId: run.runId, endedAt: ago(10) }, lastDrillAt: ago(10) },
      'backupStatus/summary': {
        v: 1,
        updatedAt: ago(10),
        lastRun: { runId: run.runId, state: 'failed', endedAt: ago(10), reason: 'no_capacity' },
        nextDueAt: ago(9),
      },
      'listenerState/rocketchat': { v: 1, epoch: 3, holder: 'listener-1', leaseUntil: ago(10), tokenAt: ago(10) },
    },
  });
  return project;
}
