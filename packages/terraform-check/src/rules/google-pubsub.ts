import { isObjectValue } from '../provider/values/value.ts';
import { matching, problem, secondsWithin, within } from './make-rule.ts';
import type { Rule } from './rule.ts';
import { isAbsent, valuesAt } from './values-at.ts';

/** What Pub/Sub's API refuses beyond the schema of hashicorp/google 8. Pure. */
const SUBSCRIPTION = 'google_pubsub_subscription';
const DAY_S = 86_400;
/** Letters first, then what a name may hold; never "goog" in front. */
const NAME = /^(?!goog)[A-Za-z][\w.~+%-]{2,254}$/u;

export const PUBSUB_RULES: readonly Rule[] = [
  ...['google_pubsub_topic', SUBSCRIPTION].map(type =>
    matching(type, 'name', '3 to 255 letters, digits and hyphens, a letter first, not "goog"', NAME, {
      sound: 'chat-live',
      broken: 'goog-chat',
    }),
  ),
  secondsWithin('google_pubsub_topic', 'message_retention_duration', 600, 31 * DAY_S),
  secondsWithin(SUBSCRIPTION, 'message_retention_duration', 600, 31 * DAY_S),
  within(SUBSCRIPTION, 'ack_deadline_seconds', 10, 600, 'seconds'),
  within(SUBSCRIPTION, 'dead_letter_policy.*.max_delivery_attempts', 5, 100, 'attempts'),
  secondsWithin(SUBSCRIPTION, 'retry_policy.*.minimum_backoff', 0, 600),
  secondsWithin(SUBSCRIPTION, 'retry_policy.*.maximum_backoff', 0, 600),
  matching(SUBSCRIPTION, 'push_config.*.push_endpoint', 'an address with https', /^https:\/\/[^\s/]+/u, {
    sound: 'https://chat.example/',
    broken: 'http://chat.example/',
  }),
  matching(SUBSCRIPTION, 'expiration_policy.*.ttl', 'seconds of a day or more, or empty for never', /^(?:|\d{5,}s)$/u, {
    sound: '',
    broken: 'never',
  }),
  {
    name: `${SUBSCRIPTION}: a dead-letter policy names its topic`,
    type: SUBSCRIPTION,
    check: configuration =>
      valuesAt(configuration, 'dead_letter_policy.*').flatMap(({ path, value }) =>
        isObjectValue(value) && isAbsent(value.dead_letter_topic)
          ? [problem(path, 'Incomplete policy', 'dead_letter_policy needs dead_letter_topic, the topic’s full id.')]
          : [],
      ),
    examples: {
      sound: { dead_letter_policy: [{ dead_letter_topic: 'projects/p/topics/chat-dead' }] },
      broken: { dead_letter_policy: [{ dead_letter_topic: null }] },
    },
  },
];
