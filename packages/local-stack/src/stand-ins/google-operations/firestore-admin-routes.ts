import { apiError } from '../../google/google-answers.ts';
import type { StandInReply } from '../stand-in-server.ts';
import type { GoogleOperationsWorld } from './google-operations-world.ts';
import type { GoogleOperationsRoute } from './start-google-operations.ts';

/** Databases, composite indexes, fields with an expiry, managed backups. */
const found = (body: object): StandInReply => ({ status: 200, body });
const databaseName = ({ project }: GoogleOperationsWorld, id: string): string => `projects/${project}/databases/${id}`;

export const FIRESTORE_ADMIN_ROUTES: readonly GoogleOperationsRoute[] = [
  {
    path: /^\/v1\/projects\/([^/]+)\/databases$/u,
    permission: 'datastore.databases.list',
    answer: world =>
      found({
        databases: world.databases.map(({ id, isDeleteProtected, hasPointInTimeRecovery }) => ({
          name: databaseName(world, id),
          type: 'FIRESTORE_NATIVE',
          deleteProtectionState: isDeleteProtected ? 'DELETE_PROTECTION_ENABLED' : 'DELETE_PROTECTION_DISABLED',
          pointInTimeRecoveryEnablement: hasPointInTimeRecovery
            ? 'POINT_IN_TIME_RECOVERY_ENABLED'
            : 'POINT_IN_TIME_RECOVERY_DISABLED',
        })),
      }),
  },
  {
    path: /^\/v1\/projects\/([^/]+)\/databases\/([^/]+)\/collectionGroups\/-\/indexes$/u,
    permission: 'datastore.indexes.list',
    answer: (world, _request, [database = '']) => {
      if (!world.databases.some(({ id }) => id === database)) return noDatabase(database);
      const own = world.indexes.filter(index => index.database === database);
      // Google leaves an empty list out.
      if (own.length === 0) return found({});
      return found({
        indexes: own.map(({ collection, fields, state }, number) => ({
          name: `${databaseName(world, database)}/collectionGroups/${collection}/indexes/CICAgN${number}`,
          queryScope: 'COLLECTION',
          fields: [...fields, '__name__'].map(fieldPath => ({ fieldPath, order: 'ASCENDING' })),
          state,
        })),
      });
    },
  },
  {
    path: /^\/v1\/projects\/([^/]+)\/databases\/([^/]+)\/collectionGroups\/-\/fields$/u,
    permission: 'datastore.indexes.list',
    answer: (world, request, [database = '']) => {
      if (!world.databases.some(({ id }) => id === database)) return noDatabase(database);
      if (request.url.searchParams.get('filter') !== 'ttlConfig:*')
        return apiError('INVALID_ARGUMENT', 'Invalid field filter.');
      const own = world.expiringFields.filter(each => each.database === database);
      if (own.length === 0) return found({});
      return found({
        fields: own.map(({ collection, field, state }) => ({
          name: `${databaseName(world, database)}/collectionGroups/${collection}/fields/${field}`,
          indexConfig: {},
          ttlConfig: { state },
        })),
      });
    },
  },
  {
    path: /^\/v1\/projects\/([^/]+)\/locations\/-\/backups$/u,
    permission: 'datastore.backups.list',
    answer: world =>
      found({
        backups: world.backups.map(({ database, state, snapshotAtMs }, number) => ({
          name: `projects/${world.project}/locations/${world.region}/backups/${number}`,
          database: databaseName(world, database),
          snapshotTime: new Date(snapshotAtMs).toISOString(),
          state,
        })),
      }),
  },
];

const noDatabase = (id: string): StandInReply => apiError('NOT_FOUND', `The database ${id} does not exist.`);
