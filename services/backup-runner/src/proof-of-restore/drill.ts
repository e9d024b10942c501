import { ok } from '@innkeeper/shared/result/result';
import type { RunContext, StepResult } from '../run/step.ts';
import type { OutcomeOf } from '../run/steps.ts';
import { restoreEverything } from './files/restore-everything.ts';
import { rebuildKeycloak } from './keycloak/rebuild-keycloak.ts';
import { rebuildMongodb } from './mongodb/rebuild-mongodb.ts';
import type { SnapshotsBySource } from './snapshots-by-source.ts';

/**
 * The weekly restore of everything, one part after the other, so that each has the disk to itself. How long the step
 * takes is how long the company would wait for its data.
 */
export async function drill(
  context: RunContext,
  snapshots: SnapshotsBySource,
): StepResult<NonNullable<OutcomeOf<'restoring'>['drill']>> {
  const mongodb = await rebuildMongodb(context, snapshots.mongodb.snapshotId);
  if (!mongodb.ok) return mongodb;
  const keycloak = await rebuildKeycloak(context, snapshots.keycloak.snapshotId);
  if (!keycloak.ok) return keycloak;
  const files = await restoreEverything(context, snapshots.files);
  if (!files.ok) return files;
  return ok({ mongodb: mongodb.value, keycloak: keycloak.value, files: files.value });
}
