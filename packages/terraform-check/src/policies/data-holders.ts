import type { ObjectValue } from '../provider/values/value.ts';
import { examplePlan, exampleResource } from './example-plan.ts';
import type { DestroyedResource, PlannedResource } from './plan.ts';
import type { Policy, Violation } from './policy.ts';
import { at, ofType, unless } from './select.ts';

/** What holds data survives a mistake in a configuration. Pure. */
interface DataHolder {
  readonly type: string;
  /** What goes with it, for whoever is about to lose it. */
  readonly holds: string;
  /** Arguments by which the vendor itself refuses, with the value they have to have. */
  readonly protections: Readonly<Record<string, string | boolean>>;
  /** Arguments that would make a deletion worse, with the value they must not have. */
  readonly dangers: Readonly<Record<string, string | boolean>>;
}

export const DATA_HOLDERS: readonly DataHolder[] = [
  {
    type: 'google_firestore_database',
    holds: 'every document in it',
    protections: {
      delete_protection_state: 'DELETE_PROTECTION_ENABLED',
      point_in_time_recovery_enablement: 'POINT_IN_TIME_RECOVERY_ENABLED',
    },
    dangers: { deletion_policy: 'DELETE' },
  },
  {
    type: 'google_storage_bucket',
    holds: 'what is stored in it, such as the state of Terraform',
    protections: { 'versioning.*.enabled': true },
    dangers: { force_destroy: true },
  },
  { type: 'google_kms_crypto_key', holds: 'everything that was encrypted by it', protections: {}, dangers: {} },
  {
    type: 'google_secret_manager_secret',
    holds: 'every version of the secret',
    protections: { deletion_protection: true },
    dangers: {},
  },
  { type: 'cloudflare_r2_bucket', holds: 'every object in it', protections: {}, dangers: {} },
  {
    type: 'cloudflare_r2_bucket_lock',
    holds: 'the lock that keeps backups from being deleted',
    protections: {},
    dangers: {},
  },
  { type: 'cloudflare_queue', holds: 'the deliveries that wait in it', protections: {}, dangers: {} },
  {
    type: 'hcloud_network',
    holds: 'the private network, with every server in it',
    protections: { delete_protection: true },
    dangers: {},
  },
  {
    type: 'hcloud_server',
    holds: 'its disk, with its part of the databases and files',
    protections: { delete_protection: true, rebuild_protection: true },
    dangers: {},
  },
  { type: 'google_pubsub_topic', holds: 'its messages of seven days', protections: {}, dangers: {} },
  { type: 'google_pubsub_subscription', holds: 'the messages that wait in it', protections: {}, dangers: {} },
  { type: 'hcloud_volume', holds: 'everything on it', protections: { delete_protection: true }, dangers: {} },
  {
    type: 'qdrant-cloud_accounts_cluster',
    holds: 'the whole index',
    protections: {},
    dangers: { delete_backups_on_destroy: true },
  },
];

const holderOf = (resource: PlannedResource): DataHolder | undefined =>
  DATA_HOLDERS.find(({ type }) => type === resource.type);

const protectedValues: ObjectValue = {
  delete_protection_state: 'DELETE_PROTECTION_ENABLED',
  point_in_time_recovery_enablement: 'POINT_IN_TIME_RECOVERY_ENABLED',
  deletion_policy: 'ABANDON',
};
const database = (values: ObjectValue, preventDestroy = true): PlannedResource =>
  exampleResource('google_firestore_database', { ...protectedValues, ...values }, preventDestroy);

export const DATA_HOLDER_POLICIES: readonly Policy[] = [
  {
    name: 'What holds data cannot be destroyed by a plan',
    why: 'Destroyed data does not return.',
    check: plan =>
      unless(
        plan.resources.filter(resource => resource.declared !== undefined && holderOf(resource) !== undefined),
        resource => resource.declared?.preventDestroy === true,
        'Nothing in the configuration stops a plan that destroys it.',
        'Add lifecycle { prevent_destroy = true }.',
      ),
    examples: {
      sound: examplePlan([database({})]),
      broken: examplePlan([database({}, false)]),
    },
  },
  {
    name: 'What holds data is protected by its vendor',
    why: 'A click in a console or another tool does not read this configuration.',
    check: plan => plan.resources.flatMap(weaknesses),
    examples: {
      sound: examplePlan([database({})]),
      broken: examplePlan([database({ point_in_time_recovery_enablement: null })]),
    },
  },
  {
    name: 'No plan destroys what holds data',
    why: 'Destroyed data does not return, and a replacement starts empty.',
    check: plan =>
      plan.destroyed.flatMap(resource => {
        const holder = holderOf(resource);
        return holder === undefined ? [] : [destruction(resource, holder)];
      }),
    examples: {
      sound: examplePlan([]),
      broken: examplePlan([], { destroyed: [{ ...database({}), isReplaced: true, forcedBy: ['location_id'] }] }),
    },
  },
  {
    name: 'Every Firestore database is backed up each day',
    why: 'Point-in-time recovery reaches back a week and goes with its database.',
    check: plan =>
      unless(
        ofType(plan, 'google_firestore_database'),
        database =>
          ofType(plan, 'google_firestore_backup_schedule').some(
            schedule =>
              at(schedule, 'database') === at(database, 'name') && at(schedule, 'daily_recurrence') !== undefined,
          ),
        'No daily backup schedule names it.',
        'Add a google_firestore_backup_schedule with daily_recurrence.',
      ),
    examples: {
      sound: examplePlan([
        database({ name: 'ops' }),
        exampleResource('google_firestore_backup_schedule', { database: 'ops', daily_recurrence: [{}] }),
      ]),
      broken: examplePlan([
        database({ name: 'ops' }),
        exampleResource('google_firestore_backup_schedule', { database: '(default)', daily_recurrence: [{}] }),
      ]),
    },
  },
  {
    name: 'The Qdrant cluster is backed up',
    why: 'Indexing everything anew takes hours in which nothing is found.',
    check: plan =>
      ofType(plan, 'qdrant-cloud_accounts_backup_schedule').length > 0
        ? []
        : ofType(plan, 'qdrant-cloud_accounts_cluster').map(resource => ({
            resource,
            what: 'It has no backup schedule.',
            next: 'Add a qdrant-cloud_accounts_backup_schedule for it.',
          })),
    examples: {
      sound: examplePlan([
        exampleResource('qdrant-cloud_accounts_cluster', { name: 'innkeeper' }, true),
        exampleResource('qdrant-cloud_accounts_backup_schedule', { cron_expression: '0 3 * * *' }),
      ]),
      broken: examplePlan([exampleResource('qdrant-cloud_accounts_cluster', { name: 'innkeeper' }, true)]),
    },
  },
];

const ON_PURPOSE = 'Where it is meant, a person saves the data and does it by hand (terraform/README.md, Teardown).';

function destruction(resource: DestroyedResource, { holds }: DataHolder): Violation {
  const { isReplaced, forcedBy } = resource;
  const because = forcedBy.length === 0 ? '' : ` because of ${forcedBy.join(', ')}`;
  const undo = isReplaced
    ? `Undo the change${forcedBy.length === 0 ? '' : ` of ${forcedBy.join(', ')}`}.`
    : 'Put it back.';
  return {
    resource,
    what: `The plan ${isReplaced ? 'replaces' : 'destroys'} it${because}, and with it ${holds}.`,
    next: `${undo} ${ON_PURPOSE}`,
  };
}

function weaknesses(resource: PlannedResource): readonly Violation[] {
  const holder = holderOf(resource);
  if (holder === undefined) return [];
  const missing = Object.entries(holder.protections).filter(([place, value]) => at(resource, place) !== value);
  const dangers = Object.entries(holder.dangers).filter(([place, value]) => at(resource, place) === value);
  return [
    ...missing.map(([place, value]) => ({
      resource,
      what: `${place.replaceAll('.*', '')} is not ${JSON.stringify(value)}.`,
      next: `Set ${place.replaceAll('.*', '')} = ${JSON.stringify(value)}.`,
    })),
    ...dangers.map(([place, value]) => ({
      resource,
      what: `${place} is ${JSON.stringify(value)}.`,
      next: `Remove ${place}.`,
    })),
  ];
}
