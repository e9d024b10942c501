import { isAbsent, textsAt, valuesAt } from '../rules/values-at.ts';
import { examplePlan, exampleResource } from './example-plan.ts';
import type { PlannedResource } from './plan.ts';
import type { Policy } from './policy.ts';
import { at, ofType, unless } from './select.ts';

/** Who may do what at Google, and who is believed to be whom. Pure. */
const PROVIDER = 'google_iam_workload_identity_pool_provider';
const GITHUB = 'https://token.actions.githubusercontent.com';
const PRIMITIVE = ['roles/owner', 'roles/editor', 'roles/viewer'];
/** Roles with which an identity could give itself any other key. */
const KEY_MAKERS = ['roles/iam.serviceAccountKeyAdmin', 'roles/iam.serviceAccountTokenCreator'];
const EVERYBODY = ['allUsers', 'allAuthenticatedUsers'];
/** The backup server has no identity of Google's; both check it by themselves. */
export const PUBLIC_FUNCTIONS = ['exchange', 'report'];
const FIRESTORE_ROLES = ['roles/datastore.user', 'roles/datastore.viewer'];

const isIam = ({ type }: PlannedResource): boolean => /_iam_(?:member|binding|policy)$/u.test(type);
const membersOf = ({ values }: PlannedResource): readonly string[] =>
  [...textsAt(values, 'member'), ...textsAt(values, 'members.*')].map(({ value }) => value);

const projectMember = (role: string, condition: readonly { readonly expression: string }[] = []) =>
  examplePlan([
    exampleResource('google_project_iam_member', {
      role,
      member: 'serviceAccount:a@p.iam.gserviceaccount.com',
      condition,
    }),
  ]);
const invoker = (name: string) =>
  examplePlan([
    exampleResource('google_cloud_run_v2_service_iam_member', { name, role: 'roles/run.invoker', member: 'allUsers' }),
  ]);
const github = (condition: string | null) =>
  examplePlan([exampleResource(PROVIDER, { attribute_condition: condition, oidc: [{ issuer_uri: GITHUB }] })]);
const NUMBERS = 'assertion.repository_id == "1" && assertion.repository_owner_id == "2"';

export const ACCESS_POLICIES: readonly Policy[] = [
  {
    name: 'Nobody has a primitive role on the project',
    why: 'It reaches everything that will ever be there: a viewer reads every bucket, the state included.',
    check: plan =>
      unless(
        plan.resources.filter(isIam),
        resource => !PRIMITIVE.includes(String(at(resource, 'role'))),
        'It grants a primitive role.',
        'Grant the roles that are needed, on the resource that needs them.',
      ),
    examples: { sound: projectMember('roles/pubsub.publisher'), broken: projectMember('roles/viewer') },
  },
  {
    name: 'Nobody may speak for every account of the project',
    why: 'On the project these roles reach every service account there is.',
    check: plan =>
      unless(
        ofType(plan, 'google_project_iam_member'),
        resource => !KEY_MAKERS.includes(String(at(resource, 'role'))),
        'It grants the right to act as any account.',
        'Grant it on the one service account, by google_service_account_iam_member.',
      ),
    examples: {
      sound: projectMember('roles/pubsub.publisher'),
      broken: projectMember('roles/iam.serviceAccountTokenCreator'),
    },
  },
  {
    name: 'Only two functions are public',
    why: 'Everything else is called by Google with a token, and nobody else.',
    check: plan =>
      plan.resources
        .filter(isIam)
        .filter(resource => membersOf(resource).some(member => EVERYBODY.includes(member)))
        .filter(resource => !isPublicFunction(resource))
        .map(resource => ({
          resource,
          what: 'It lets everybody in.',
          next: `Name who may. Public are ${PUBLIC_FUNCTIONS.join(' and ')} alone, by roles/run.invoker.`,
        })),
    examples: { sound: invoker('exchange'), broken: invoker('launch') },
  },
  {
    name: 'Firestore is granted by database',
    why: 'Business data and operations lie in one project.',
    check: plan =>
      unless(
        ofType(plan, 'google_project_iam_member').filter(resource =>
          FIRESTORE_ROLES.includes(String(at(resource, 'role'))),
        ),
        resource =>
          textsAt(resource.values, 'condition.*.expression').some(({ value }) => value.includes('/databases/')),
        'It reaches every database.',
        'Add a condition on resource.name with the database.',
      ),
    examples: {
      sound: projectMember('roles/datastore.user', [{ expression: 'resource.name == "projects/p/databases/ops"' }]),
      broken: projectMember('roles/datastore.user'),
    },
  },
  {
    name: 'Federation believes only who is meant',
    why: 'Without a condition every token of the issuer is believed.',
    check: plan =>
      unless(
        ofType(plan, PROVIDER),
        resource => !isAbsent(resource.values.attribute_condition),
        'It has no condition.',
        'Set attribute_condition.',
      ),
    examples: { sound: github(NUMBERS), broken: github(null) },
  },
  {
    name: 'GitHub is believed by numbers',
    why: 'A name that was given up can be registered by somebody else.',
    check: plan =>
      unless(
        ofType(plan, PROVIDER).filter(resource =>
          valuesAt(resource.values, 'oidc.*.issuer_uri').some(({ value }) => value === GITHUB),
        ),
        resource => /repository_id\b[\s\S]*repository_owner_id\b/u.test(String(at(resource, 'attribute_condition'))),
        'Its condition does not name repository and owner by number.',
        'Compare assertion.repository_id and assertion.repository_owner_id in attribute_condition.',
      ),
    examples: { sound: github(NUMBERS), broken: github('assertion.repository == "innkeeper/innkeeper"') },
  },
  {
    name: 'Google calls functions with a token',
    why: 'A private function refuses every call without one.',
    check: plan => [
      ...unless(
        ofType(plan, 'google_cloud_scheduler_job').filter(resource => at(resource, 'http_target') !== undefined),
        resource => valuesAt(resource.values, 'http_target.*.oidc_token.*').length > 0,
        'It calls without a token.',
        'Add oidc_token with the account that may invoke the function.',
      ),
      ...unless(
        ofType(plan, 'google_pubsub_subscription').filter(resource => at(resource, 'push_config') !== undefined),
        resource => valuesAt(resource.values, 'push_config.*.oidc_token.*').length > 0,
        'It pushes without a token.',
        'Add oidc_token with the account that may invoke the function.',
      ),
    ],
    examples: {
      sound: examplePlan([
        exampleResource('google_cloud_scheduler_job', {
          http_target: [{ uri: 'https://x.example/', oidc_token: [{ service_account_email: 'a' }] }],
        }),
      ]),
      broken: examplePlan([
        exampleResource('google_cloud_scheduler_job', { http_target: [{ uri: 'https://x.example/', oidc_token: [] }] }),
      ]),
    },
  },
];

const isPublicFunction = (resource: PlannedResource): boolean =>
  resource.type === 'google_cloud_run_v2_service_iam_member' &&
  at(resource, 'role') === 'roles/run.invoker' &&
  PUBLIC_FUNCTIONS.includes(String(at(resource, 'name')));
