import { ok } from '@innkeeper/shared/result/result';
import type { StepProgress } from '../run/step.ts';
import type { DumpDatabases } from '../run/steps.ts';
import { backUpKeycloak } from './keycloak.ts';
import { backUpMongodb } from './mongodb.ts';

/** The chat's and Keycloak's database, one after the other, each a snapshot of its own. The first failure ends it. */
export const dumpDatabases: DumpDatabases = async context => {
  const { previous } = context.order;
  const expected = {
    mongodb: previous?.bytes['mongodb'] ?? 0,
    keycloak: previous?.bytes['keycloak'] ?? 0,
  };
  const bytesTotal = expected.mongodb + expected.keycloak;
  const tell =
    (bytesBefore: number) =>
    ({ bytesDone }: StepProgress): void =>
      context.progress({ bytesDone: bytesBefore + bytesDone, bytesTotal });

  const mongodb = await backUpMongodb(context, tell(0));
  if (!mongodb.ok) return mongodb;
  const keycloak = await backUpKeycloak(context, tell(mongodb.value.snapshot.totalBytes));
  if (!keycloak.ok) return keycloak;
  return ok({ step: 'dumping', snapshots: [mongodb.value.snapshot, keycloak.value.snapshot] });
};
