import { ok } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { ExpiringField, FirestoreAdmin, FirestoreIndex } from '../ports/firestore-admin.ts';
import type { GoogleApi } from './google-api.ts';

/** Firestore's administration API v1, read. */
const paged = { nextPageToken: z.string().optional() };

const DatabasesReply = z.object({
  databases: z
    .array(
      z.object({
        name: z.string(),
        deleteProtectionState: z.string().optional(),
        pointInTimeRecoveryEnablement: z.string().optional(),
      }),
    )
    .default([]),
});
const IndexesReply = z.object({
  indexes: z
    .array(z.object({ name: z.string(), state: z.string(), fields: z.array(z.object({ fieldPath: z.string() })) }))
    .default([]),
  ...paged,
});
const FieldsReply = z.object({
  fields: z.array(z.object({ name: z.string(), ttlConfig: z.object({ state: z.string() }).optional() })).default([]),
  ...paged,
});
const BackupsReply = z.object({
  backups: z
    .array(z.object({ database: z.string(), state: z.string(), snapshotTime: z.iso.datetime({ offset: true }) }))
    .default([]),
});

/** `url` ends in `/v1`. */
export function firestoreAdminApi(api: GoogleApi, url: string, project: string): FirestoreAdmin {
  const root = `${url}/projects/${project}`;
  return {
    async databases() {
      const reply = await api.get(`${root}/databases`, DatabasesReply);
      if (!reply.ok) return reply;
      return ok(
        reply.value.databases.map(({ name, deleteProtectionState, pointInTimeRecoveryEnablement }) => ({
          id: lastOf(name),
          isDeleteProtected: deleteProtectionState === 'DELETE_PROTECTION_ENABLED',
          hasPointInTimeRecovery: pointInTimeRecoveryEnablement === 'POINT_IN_TIME_RECOVERY_ENABLED',
        })),
      );
    },

    async indexes(database) {
      const pages = await api.pages(
        `${root}/databases/${database}/collectionGroups/-/indexes?pageSize=300`,
        IndexesReply,
      );
      if (!pages.ok) return pages;
      return ok(
        pages.value.flatMap(page =>
          page.indexes.map(({ name, state, fields }) => ({
            collection: collectionOf(name),
            fields: fields.map(({ fieldPath }) => fieldPath).filter(path => path !== '__name__'),
            state: INDEX_STATES[state] ?? 'other',
          })),
        ),
      );
    },

    async expiringFields(database) {
      const filter = encodeURIComponent('ttlConfig:*');
      const pages = await api.pages(
        `${root}/databases/${database}/collectionGroups/-/fields?pageSize=300&filter=${filter}`,
        FieldsReply,
      );
      if (!pages.ok) return pages;
      return ok(
        pages.value.flatMap(page =>
          page.fields.flatMap(({ name, ttlConfig }) =>
            ttlConfig === undefined
              ? []
              : [
                  {
                    collection: collectionOf(name),
                    field: lastOf(name),
                    state: FIELD_STATES[ttlConfig.state] ?? 'other',
                  },
                ],
          ),
        ),
      );
    },

    async newestBackups() {
      const reply = await api.get(`${root}/locations/-/backups`, BackupsReply);
      if (!reply.ok) return reply;
      const newest = new Map<string, Date>();
      for (const { database, state, snapshotTime } of reply.value.backups) {
        const id = lastOf(database);
        const at = new Date(snapshotTime);
        if (state === 'READY' && at > (newest.get(id) ?? new Date(0))) newest.set(id, at);
      }
      return ok(newest);
    },
  };
}

const INDEX_STATES: Readonly<Record<string, FirestoreIndex['state']>> = {
  READY: 'ready',
  CREATING: 'creating',
  NEEDS_REPAIR: 'needs_repair',
};
const FIELD_STATES: Readonly<Record<string, ExpiringField['state']>> = {
  ACTIVE: 'active',
  CREATING: 'creating',
  NEEDS_REPAIR: 'needs_repair',
};

const lastOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
/** Of `projects/P/databases/D/collectionGroups/C/…`. */
const collectionOf = (name: string): string => name.split('/')[5] ?? '';
