import type { ProviderSchema } from '../schema/provider-schema.ts';
import { ACCESS_POLICIES } from './access.ts';
import { BUCKET_POLICIES } from './buckets.ts';
import { DATA_HOLDER_POLICIES } from './data-holders.ts';
import { EDGE_POLICIES } from './edge.ts';
import { FIREWALL_POLICIES } from './firewalls.ts';
import { KEY_POLICIES } from './keys.ts';
import { MESSAGING_POLICIES } from './messaging.ts';
import type { Policy } from './policy.ts';
import { secretPolicies } from './secrets.ts';
import { WATCHING_POLICIES } from './watching.ts';

export const allPolicies = (schemas: readonly ProviderSchema[]): readonly Policy[] => [
  ...ACCESS_POLICIES,
  ...BUCKET_POLICIES,
  ...DATA_HOLDER_POLICIES,
  ...EDGE_POLICIES,
  ...FIREWALL_POLICIES,
  ...KEY_POLICIES,
  ...MESSAGING_POLICIES,
  ...secretPolicies(schemas),
  ...WATCHING_POLICIES,
];
