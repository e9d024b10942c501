import { examplePlan, exampleResource } from './example-plan.ts';
import type { Plan, PlannedResource } from './plan.ts';
import type { Policy, Violation } from './policy.ts';
import { at, ofType } from './select.ts';

/** Nothing here gives anybody a credential that lasts. Pure. */
const TOKENS = ['cloudflare_account_token', 'cloudflare_api_token'];
/** Types whose value is a credential that Terraform's state would keep. */
const KEYS = [
  'google_service_account_key',
  'google_storage_hmac_key',
  'qdrant-cloud_accounts_auth_key',
  'qdrant-cloud_accounts_database_api_key_v2',
  'tls_private_key',
];
const DAY_MS = 86_400_000;
/** A token is renewed once a year at the latest. */
const TOKEN_DAYS_MAX = 366;

const token = (expiresOn: string | null) =>
  examplePlan([exampleResource('cloudflare_account_token', { expires_on: expiresOn })]);

export const KEY_POLICIES: readonly Policy[] = [
  {
    name: 'No long-lived key is made by Terraform',
    why: 'It would lie in the state, and nobody would miss it when it is copied.',
    check: plan =>
      ofType(plan, ...KEYS).map(resource => ({
        resource,
        what: 'This is a key.',
        next: 'Use workload identity federation, or let `pnpm secrets` make it where it is used.',
      })),
    examples: {
      sound: examplePlan([exampleResource('google_service_account', { account_id: 'chat-listener' })]),
      broken: examplePlan([exampleResource('google_service_account_key', {})]),
    },
  },
  {
    name: 'Every token ends',
    why: 'A token that was forgotten somewhere must stop working by itself.',
    check: plan => ofType(plan, ...TOKENS).flatMap(resource => whyTokenLasts(plan, resource)),
    examples: { sound: token('2027-05-01T00:00:00Z'), broken: token(null) },
  },
];

function whyTokenLasts(plan: Plan, resource: PlannedResource): readonly Violation[] {
  const end = at(resource, 'expires_on');
  if (typeof end !== 'string') return [{ resource, what: 'It has no end.', next: 'Set expires_on within a year.' }];
  const days = (Date.parse(end) - Date.parse(plan.madeAt)) / DAY_MS;
  if (days <= 0) {
    return [{ resource, what: `It ended on ${end}.`, next: 'Move expires_on, apply, and hand out the new value.' }];
  }
  return days <= TOKEN_DAYS_MAX
    ? []
    : [{ resource, what: `It lasts until ${end}.`, next: 'Set expires_on within a year.' }];
}
