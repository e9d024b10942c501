import { exactlyOne, oneOf, secondsWithin } from './make-rule.ts';
import type { Rule } from './rule.ts';

/** What Firestore's administration API refuses beyond the schema of hashicorp/google 8. Pure. */
const DATABASE = 'google_firestore_database';
const SCHEDULE = 'google_firestore_backup_schedule';
const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const DAY_S = 86_400;
/** A backup lives 14 weeks at most. */
const RETENTION_S_MAX = 14 * 7 * DAY_S;

export const FIRESTORE_RULES: readonly Rule[] = [
  oneOf(DATABASE, 'type', 'type of database', ['FIRESTORE_NATIVE', 'DATASTORE_MODE']),
  oneOf(DATABASE, 'delete_protection_state', 'state of the protection', [
    'DELETE_PROTECTION_ENABLED',
    'DELETE_PROTECTION_DISABLED',
  ]),
  oneOf(DATABASE, 'point_in_time_recovery_enablement', 'state of the recovery', [
    'POINT_IN_TIME_RECOVERY_ENABLED',
    'POINT_IN_TIME_RECOVERY_DISABLED',
  ]),
  oneOf(DATABASE, 'deletion_policy', 'policy', ['ABANDON', 'DELETE']),
  oneOf(DATABASE, 'concurrency_mode', 'mode', ['OPTIMISTIC', 'PESSIMISTIC', 'OPTIMISTIC_WITH_ENTITY_GROUPS']),
  exactlyOne(SCHEDULE, '', ['daily_recurrence', 'weekly_recurrence']),
  oneOf(SCHEDULE, 'weekly_recurrence.*.day', 'weekday', WEEKDAYS),
  secondsWithin(SCHEDULE, 'retention', DAY_S, RETENTION_S_MAX),
  oneOf('google_firestore_index', 'query_scope', 'scope', ['COLLECTION', 'COLLECTION_GROUP', 'COLLECTION_RECURSIVE']),
  oneOf('google_firestore_index', 'fields.*.order', 'order', ['ASCENDING', 'DESCENDING']),
  exactlyOne('google_firestore_index', 'fields.*', ['order', 'array_config', 'vector_config', 'search_config']),
];
