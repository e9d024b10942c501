import { CLOUDFLARE_RULES } from './cloudflare.ts';
import { FIRESTORE_RULES } from './google-firestore.ts';
import { IDENTITY_RULES } from './google-identity.ts';
import { MONITORING_RULES } from './google-monitoring.ts';
import { PLACE_RULES } from './google-places.ts';
import { PUBSUB_RULES } from './google-pubsub.ts';
import { SCHEDULER_RULES } from './google-scheduler.ts';
import { HCLOUD_RULES } from './hcloud.ts';
import { QDRANT_RULES } from './qdrant.ts';
import type { Rule } from './rule.ts';

export const ALL_RULES: readonly Rule[] = [
  ...CLOUDFLARE_RULES,
  ...FIRESTORE_RULES,
  ...SCHEDULER_RULES,
  ...HCLOUD_RULES,
  ...IDENTITY_RULES,
  ...MONITORING_RULES,
  ...PLACE_RULES,
  ...PUBSUB_RULES,
  ...QDRANT_RULES,
];
