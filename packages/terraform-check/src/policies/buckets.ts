import { isListValue, isObjectValue, type Value } from '../provider/values/value.ts';
import { isAbsent, valuesAt } from '../rules/values-at.ts';
import { examplePlan, exampleResource } from './example-plan.ts';
import type { Plan, PlannedResource } from './plan.ts';
import type { Policy } from './policy.ts';
import { at, ofType, unless } from './select.ts';

/** What may be read by the world, and what nobody may delete. Pure. */
const R2_BUCKET = 'cloudflare_r2_bucket';
const R2_LOCK = 'cloudflare_r2_bucket_lock';
const R2_LIFECYCLE = 'cloudflare_r2_bucket_lifecycle';
/** The time to notice an attack on backups: 7 days. */
const LOCK_S_MIN = 604_800;

export const BUCKET_POLICIES: readonly Policy[] = [
  {
    name: 'No bucket of Google’s is public',
    why: 'A single rule of access would show its objects to the world.',
    check: plan =>
      unless(
        ofType(plan, 'google_storage_bucket'),
        bucket =>
          at(bucket, 'public_access_prevention') === 'enforced' && at(bucket, 'uniform_bucket_level_access') === true,
        'The bucket could be made public.',
        'Set public_access_prevention = "enforced" and uniform_bucket_level_access = true.',
      ),
    examples: {
      sound: examplePlan([
        exampleResource('google_storage_bucket', {
          public_access_prevention: 'enforced',
          uniform_bucket_level_access: true,
        }),
      ]),
      broken: examplePlan([
        exampleResource('google_storage_bucket', {
          public_access_prevention: 'inherited',
          uniform_bucket_level_access: true,
        }),
      ]),
    },
  },
  {
    name: 'No bucket of R2’s is public',
    why: 'Its objects are people’s data and backups.',
    check: plan =>
      ofType(plan, 'cloudflare_r2_custom_domain').map(resource => ({
        resource,
        what: 'The bucket is served under a domain.',
        next: 'Remove it; Workers reach buckets by their bindings.',
      })),
    examples: {
      sound: examplePlan([exampleResource(R2_BUCKET, { name: 'innkeeper-backup' })]),
      broken: examplePlan([exampleResource('cloudflare_r2_custom_domain', { domain: 'backup.example.com' })]),
    },
  },
  {
    name: 'Every bucket of backups has a lock',
    why: 'Whoever steals a credential must not be able to delete the way back.',
    check: plan =>
      unless(
        backupBuckets(plan),
        bucket => ofType(plan, R2_LOCK).some(lock => sameBucket(lock, bucket) && lockRules(lock).length > 0),
        `No lock keeps its objects for ${LOCK_S_MIN} seconds.`,
        `Add a ${R2_LOCK} with an enabled rule of type Age or Indefinite.`,
      ),
    examples: {
      sound: examplePlan([
        exampleResource(R2_BUCKET, { name: 'innkeeper-backup' }),
        exampleResource(R2_LOCK, {
          bucket_name: 'innkeeper-backup',
          rules: [{ enabled: true, condition: { type: 'Age', max_age_seconds: LOCK_S_MIN } }],
        }),
      ]),
      broken: examplePlan([
        exampleResource(R2_BUCKET, { name: 'innkeeper-backup' }),
        exampleResource(R2_LOCK, {
          bucket_name: 'innkeeper-backup',
          rules: [{ enabled: false, condition: { type: 'Indefinite' } }],
        }),
      ]),
    },
  },
  {
    name: 'Nothing expires in a bucket of backups',
    why: 'Which objects of the repository may go, restic alone knows.',
    check: plan =>
      ofType(plan, R2_LIFECYCLE)
        .filter(rules => backupBuckets(plan).some(bucket => sameBucket(rules, bucket)))
        .filter(rules =>
          valuesAt(rules.values, 'rules.*.delete_objects_transition').some(({ value }) => !isAbsent(value)),
        )
        .map(resource => ({
          resource,
          what: 'A rule deletes objects.',
          next: 'Remove delete_objects_transition; ending unfinished uploads is fine.',
        })),
    examples: {
      sound: examplePlan([
        exampleResource(R2_BUCKET, { name: 'innkeeper-backup' }),
        exampleResource(R2_LIFECYCLE, {
          bucket_name: 'innkeeper-backup',
          rules: [{ delete_objects_transition: null }],
        }),
      ]),
      broken: examplePlan([
        exampleResource(R2_BUCKET, { name: 'innkeeper-backup' }),
        exampleResource(R2_LIFECYCLE, {
          bucket_name: 'innkeeper-backup',
          rules: [{ delete_objects_transition: { condition: { type: 'Age', max_age: 60 } } }],
        }),
      ]),
    },
  },
];

const backupBuckets = (plan: Plan): readonly PlannedResource[] =>
  ofType(plan, R2_BUCKET).filter(bucket => String(at(bucket, 'name')).includes('backup'));

const sameBucket = (other: PlannedResource, bucket: PlannedResource): boolean =>
  at(other, 'bucket_name') === at(bucket, 'name');

function lockRules(lock: PlannedResource): readonly Value[] {
  const rules = lock.values.rules;
  return (isListValue(rules) ? rules : []).filter(rule => {
    if (!isObjectValue(rule) || rule.enabled !== true || !isObjectValue(rule.condition)) return false;
    const { type, max_age_seconds: age } = rule.condition;
    return type === 'Indefinite' || (type === 'Age' && typeof age === 'number' && age >= LOCK_S_MIN);
  });
}
