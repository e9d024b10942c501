import type { Deployment } from '@innkeeper/deployment/deploy/deployment';
import { contractVersions } from '@innkeeper/deployment/version-skew/contracts';
import type { GoogleOperationsWorld } from '@innkeeper/local-stack/stand-ins/google-operations/google-operations-world';
import type { SecretManagerWorld } from '@innkeeper/local-stack/stand-ins/secret-manager/secret-manager-world';
import { RUNTIME_SECRETS } from '@innkeeper/secrets/catalogue/runtime-secrets';
import { WORKERS } from '@innkeeper/secrets/catalogue/secret-entry';
import { COMPOSITE_INDEXES, DATABASES, EXPIRING_FIELDS } from '../../src/expected/firestore.ts';
import { SUBSCRIPTIONS } from '../../src/expected/pubsub.ts';

const HOUR_MS = 3_600_000;
const READS = [
  'datastore.databases.list',
  'datastore.indexes.list',
  'datastore.backups.list',
  'run.services.list',
  'monitoring.timeSeries.list',
  'pubsub.subscriptions.list',
  'storage.objects.get',
];

/** A project in which everything is as Terraform and the deployment leave it. */
export function healthyProject(
  project: string,
  token: string,
  functions: readonly string[],
  now: Date,
): GoogleOperationsWorld {
  const databases = Object.values(DATABASES);
  return {
    project,
    region: 'europe-west3',
    callers: new Map([[token, READS]]),
    databases: databases.map(id => ({ id, isDeleteProtected: true, hasPointInTimeRecovery: true })),
    indexes: COMPOSITE_INDEXES.map(({ collection, fields }) => ({
      database: DATABASES.business,
      collection,
      fields,
      state: 'READY',
    })),
    expiringFields: EXPIRING_FIELDS.map(field => ({ ...field, database: DATABASES.business, state: 'ACTIVE' })),
    backups: databases.map(database => ({ database, state: 'READY', snapshotAtMs: now.getTime() - 20 * HOUR_MS })),
    services: functions.map(name => ({
      name,
      isReady: true,
      latestCreated: `${name}-00007-abc`,
      latestReady: `${name}-00007-abc`,
      traffic: [{ revision: `${name}-00007-abc`, percent: 100 }],
    })),
    objects: new Map([['deployments/prod.json', healthyDeployment(functions, now)]]),
    subscriptions: SUBSCRIPTIONS.map(({ name }) => ({ name, state: 'ACTIVE' })),
    points: [
      {
        metric: 'pubsub.googleapis.com/subscription/oldest_unacked_message_age',
        subscription: 'vectorize-chat-live',
        atMs: now.getTime() - 60_000,
        value: 2,
      },
    ],
  };
}

export const healthySecrets = (project: string, token: string, now: Date): SecretManagerWorld => ({
  project,
  callers: new Map([[token, ['secretmanager.versions.list']]]),
  secrets: new Map(
    RUNTIME_SECRETS.map(({ id }) => [
      id,
      [{ value: `value of ${id}`, createdAtMs: now.getTime() - 24 * HOUR_MS, state: 'ENABLED' }],
    ]),
  ),
  functions: new Map(),
  now: () => now.getTime(),
});

/** As `./dev deploy` leaves its journal. */
function healthyDeployment(functions: readonly string[], now: Date): Deployment {
  const at = new Date(now.getTime() - HOUR_MS).toISOString();
  return {
    format: 1,
    id: 'deployment-1',
    environment: 'prod',
    who: 'tests',
    commit: '0123456789abcdef',
    startedAt: at,
    expiresAt: at,
    sequence: 1,
    stages: ['functions', 'workers', 'verify'],
    direction: 'forward',
    done: [],
    open: [],
    stuck: [],
    before: {},
    after: Object.fromEntries([
      ...WORKERS.map(worker => [`worker/${worker}`, `version-of-${worker}`] as const),
      ...functions.map(name => [`function/${name}`, `${name}-00007-abc`] as const),
    ]),
    contracts: { functions: contractVersions(), workers: contractVersions() },
    warnings: [],
    outcome: 'healthy',
  };
}
