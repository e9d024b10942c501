import { textsAt } from '../rules/values-at.ts';
import { examplePlan, exampleResource } from './example-plan.ts';
import type { Plan, PlannedResource } from './plan.ts';
import type { Policy } from './policy.ts';
import { at, ofType, unless } from './select.ts';

/** What cannot be delivered is kept, and somebody is told. Pure. */
const SUBSCRIPTION = 'google_pubsub_subscription';
const QUEUE = 'cloudflare_queue';
const ALERT = 'google_monitoring_alert_policy';
const DEAD = '-dead';

const deadLetters = [{ dead_letter_topic: 'projects/p/topics/chat-dead', max_delivery_attempts: 100 }];
const subscription = (name: string, policy: typeof deadLetters | []) =>
  exampleResource(SUBSCRIPTION, {
    name,
    dead_letter_policy: policy,
    push_config: [{ push_endpoint: 'https://chat.example/', oidc_token: [{ service_account_email: 'x' }] }],
    expiration_policy: [{ ttl: '' }],
  });
const alertOn = (name: string) =>
  exampleResource(ALERT, {
    conditions: [{ condition_threshold: [{ filter: `resource.label.subscription_id = "${name}"` }] }],
  });

export const MESSAGING_POLICIES: readonly Policy[] = [
  {
    name: 'Every subscription has dead letters',
    why: 'A message that can never be handled would be tried until it is dropped.',
    check: plan =>
      unless(
        ofType(plan, SUBSCRIPTION).filter(resource => !isDead(plan, String(at(resource, 'name')))),
        resource => at(resource, 'dead_letter_policy') !== undefined,
        'It has no dead letters.',
        `Add dead_letter_policy, or end its name with ${DEAD} where it is what takes them.`,
      ),
    examples: {
      sound: examplePlan([subscription('chat-live', deadLetters), subscription('chat-dead', [])]),
      broken: examplePlan([subscription('chat-live', [])]),
    },
  },
  {
    name: 'Dead letters are subscribed to',
    why: 'Pub/Sub drops what is published to a topic that nobody subscribes to.',
    check: plan => {
      const needed = ofType(plan, SUBSCRIPTION).some(resource => at(resource, 'dead_letter_policy') !== undefined);
      const there = ofType(plan, SUBSCRIPTION).some(resource => isDead(plan, String(at(resource, 'name'))));
      return !needed || there
        ? []
        : [{ what: 'No subscription takes dead letters.', next: `Add one whose name ends with ${DEAD}.` }];
    },
    examples: {
      sound: examplePlan([subscription('chat-live', deadLetters), subscription('chat-dead', [])]),
      broken: examplePlan([subscription('chat-live', deadLetters)]),
    },
  },
  {
    name: 'Every subscription has an alert',
    why: 'What waits or dies unseen is lost as surely as what was never sent.',
    check: plan => {
      const watched = ofType(plan, ALERT).flatMap(filtersOf);
      return unless(
        ofType(plan, SUBSCRIPTION),
        resource => watched.some(filter => names(filter, String(at(resource, 'name')))),
        'No alert names it.',
        `Add a ${ALERT} whose filter names the subscription.`,
      );
    },
    examples: {
      sound: examplePlan([subscription('chat-live', deadLetters), alertOn('chat-live')]),
      broken: examplePlan([subscription('chat-live', deadLetters), alertOn('chat-live-2')]),
    },
  },
  {
    name: 'No subscription expires',
    why: 'After a month without messages it would go, and what is published afterwards with it.',
    check: plan =>
      unless(
        ofType(plan, SUBSCRIPTION),
        resource => textsAt(resource.values, 'expiration_policy.*.ttl').some(({ value }) => value === ''),
        'It expires when it is not used.',
        'Add expiration_policy { ttl = "" }.',
      ),
    examples: {
      sound: examplePlan([subscription('chat-live', deadLetters)]),
      broken: examplePlan([exampleResource(SUBSCRIPTION, { name: 'chat-live', expiration_policy: [] })]),
    },
  },
  {
    name: 'Every queue has a dead-letter queue',
    why: 'A delivery that can never be handled would be dropped after its last attempt.',
    check: plan => {
      const queues = ofType(plan, QUEUE).map(resource => baseName(plan, String(at(resource, 'queue_name'))));
      return unless(
        ofType(plan, QUEUE).filter(resource => !isDead(plan, String(at(resource, 'queue_name')))),
        resource => queues.includes(`${baseName(plan, String(at(resource, 'queue_name')))}${DEAD}`),
        'It has no dead-letter queue.',
        `Add a queue with ${DEAD} behind its name; the Worker’s wrangler.jsonc names it as dead_letter_queue.`,
      );
    },
    examples: {
      sound: examplePlan([
        exampleResource(QUEUE, { queue_name: 'guesty-deliveries' }),
        exampleResource(QUEUE, { queue_name: 'guesty-deliveries-dead' }),
      ]),
      broken: examplePlan([
        exampleResource(QUEUE, { queue_name: 'guesty-deliveries' }),
        exampleResource(QUEUE, { queue_name: 'aircall-deliveries-dead' }),
      ]),
    },
  },
];

/** Outside of prod the environment stands behind every name. */
const baseName = ({ environment }: Plan, name: string): string =>
  name.endsWith(`-${environment}`) ? name.slice(0, -environment.length - 1) : name;

const isDead = (plan: Plan, name: string): boolean => baseName(plan, name).endsWith(DEAD);

const filtersOf = (alert: PlannedResource): readonly string[] =>
  ['condition_threshold', 'condition_absent', 'condition_matched_log', 'condition_prometheus_query_language']
    .flatMap(condition => ['filter', 'query'].map(field => `conditions.*.${condition}.*.${field}`))
    .flatMap(place => textsAt(alert.values, place).map(({ value }) => value));

/** As a whole word: "chat" is not named by "chat-live". */
const names = (filter: string, name: string): boolean =>
  new RegExp(`(?<![\\w-])${RegExp.escape(name)}(?![\\w-])`, 'u').test(filter);
