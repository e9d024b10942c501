import { cronRule } from './cron.ts';
import { matching, oneOf, within } from './make-rule.ts';
import type { Rule } from './rule.ts';

/** What Qdrant Cloud refuses beyond the schema of qdrant/qdrant-cloud 1.28. Pure. */
const CLUSTER = 'qdrant-cloud_accounts_cluster';
const BACKUPS = 'qdrant-cloud_accounts_backup_schedule';

export const QDRANT_RULES: readonly Rule[] = [
  oneOf(CLUSTER, 'cloud_provider', 'cloud provider of Qdrant Cloud', ['aws', 'gcp', 'azure', 'hybrid']),
  within(CLUSTER, 'configuration.*.number_of_nodes', 1, 50, 'nodes'),
  matching(CLUSTER, 'configuration.*.version', 'a version, as in v1.19.0', /^v\d+\.\d+\.\d+$/u, {
    sound: 'v1.19.0',
    broken: 'latest',
  }),
  cronRule(BACKUPS, 'cron_expression'),
  matching(BACKUPS, 'retention_period', 'a duration in hours, minutes and seconds, as in 72h', /^(?:\d+[hms])+$/u, {
    sound: '72h',
    broken: '3 days',
  }),
];
