import { createHash } from 'node:crypto';
import type { ObjectValue } from './values/value.ts';

/**
 * What a vendor answers where a configuration looks something up by name: a made-up name would never be found. Pure.
 */
export interface KnownAnswer {
  /** Data source type. */
  readonly type: string;
  readonly answer: (configuration: ObjectValue) => ObjectValue;
}

/** Names as Cloudflare's API gives them, of rights that a token here may be given. */
const ACCOUNT_PERMISSIONS = [
  'Account API Tokens Read',
  'Account Settings Read',
  'Notifications Read',
  'Notifications Write',
  'Queues Read',
  'Queues Write',
  'Workers AI Read',
  'Workers R2 Storage Read',
  'Workers R2 Storage Write',
  'Workers Scripts Read',
  'Workers Scripts Write',
];
const ZONE_PERMISSIONS = [
  'DNS Read',
  'DNS Write',
  'Workers Routes Read',
  'Workers Routes Write',
  'Zone Read',
  'Zone Settings Read',
  'Zone Settings Write',
  'Zone WAF Read',
  'Zone WAF Write',
];

const permission =
  (scope: string) =>
  (name: string): ObjectValue => ({
    id: createHash('sha256').update(name).digest('hex').slice(0, 32),
    name,
    scopes: [scope],
  });

export const KNOWN_ANSWERS: readonly KnownAnswer[] = [
  {
    type: 'cloudflare_account_api_token_permission_groups_list',
    answer: () => ({
      result: [
        ...ACCOUNT_PERMISSIONS.map(permission('com.cloudflare.api.account')),
        ...ZONE_PERMISSIONS.map(permission('com.cloudflare.api.account.zone')),
      ],
    }),
  },
];
