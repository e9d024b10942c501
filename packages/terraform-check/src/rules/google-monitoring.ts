import { isObjectValue, Unknown } from '../provider/values/value.ts';
import { exactlyOne, matching, oneOf, problem, secondsWithin, textRule } from './make-rule.ts';
import type { Rule } from './rule.ts';
import { isAbsent, valuesAt } from './values-at.ts';

/** What Cloud Monitoring, Cloud Logging and Billing refuse beyond the schema of hashicorp/google 8. Pure. */
const POLICY = 'google_monitoring_alert_policy';
const UPTIME = 'google_monitoring_uptime_check_config';
const LOG_METRIC = 'google_logging_metric';
const CONTENT_CHARACTERS_MAX = 8192;
const FILTER_CHARACTERS_MAX = 2048;
const CONDITIONS: readonly [string, string, ...string[]] = [
  'condition_threshold',
  'condition_absent',
  'condition_matched_log',
  'condition_monitoring_query_language',
  'condition_prometheus_query_language',
  'condition_sql',
];

export const MONITORING_RULES: readonly Rule[] = [
  oneOf(POLICY, 'combiner', 'combiner', ['AND', 'OR', 'AND_WITH_MATCHING_RESOURCE']),
  oneOf(POLICY, 'severity', 'severity', ['CRITICAL', 'ERROR', 'WARNING']),
  oneOf(POLICY, 'conditions.*.condition_threshold.*.comparison', 'comparison', ['COMPARISON_GT', 'COMPARISON_LT']),
  secondsWithin(POLICY, 'conditions.*.condition_threshold.*.duration', 0, 84_600),
  secondsWithin(POLICY, 'conditions.*.condition_absent.*.duration', 120, 84_600),
  exactlyOne(POLICY, 'conditions.*', CONDITIONS),
  {
    name: `${POLICY}: a condition on log lines limits how often it tells`,
    type: POLICY,
    check: configuration => {
      const logs = valuesAt(configuration, 'conditions.*.condition_matched_log.*');
      const limits = valuesAt(configuration, 'alert_strategy.*.notification_rate_limit.*');
      return logs.length === 0 || limits.length > 0
        ? []
        : [
            problem(
              ['conditions'],
              'Missing rate limit',
              'condition_matched_log needs alert_strategy.notification_rate_limit. Set its period, as in 300s.',
            ),
          ];
    },
    examples: {
      sound: {
        conditions: [{ condition_matched_log: [{ filter: 'x' }] }],
        alert_strategy: [{ notification_rate_limit: [{ period: '300s' }] }],
      },
      broken: { conditions: [{ condition_matched_log: [{ filter: 'x' }] }], alert_strategy: [] },
    },
  },
  textRule(
    POLICY,
    'conditions.*.condition_threshold.*.filter',
    `is at most ${FILTER_CHARACTERS_MAX} characters`,
    text =>
      text.length <= FILTER_CHARACTERS_MAX
        ? undefined
        : `It has ${text.length} characters; Google takes ${FILTER_CHARACTERS_MAX}. Let fewer events share it.`,
    { sound: 'x', broken: 'x'.repeat(FILTER_CHARACTERS_MAX + 1) },
  ),
  textRule(
    POLICY,
    'documentation.*.content',
    `is at most ${CONTENT_CHARACTERS_MAX} characters`,
    text =>
      text.length <= CONTENT_CHARACTERS_MAX
        ? undefined
        : `It has ${text.length} characters; Google takes ${CONTENT_CHARACTERS_MAX}. Let fewer events share it.`,
    { sound: 'x', broken: 'x'.repeat(CONTENT_CHARACTERS_MAX + 1) },
  ),
  secondsWithin(POLICY, 'alert_strategy.*.notification_rate_limit.*.period', 300, 172_800),
  oneOf(LOG_METRIC, 'metric_descriptor.*.metric_kind', 'kind of metric', ['DELTA', 'GAUGE', 'CUMULATIVE']),
  oneOf(LOG_METRIC, 'metric_descriptor.*.value_type', 'type of value', [
    'BOOL',
    'INT64',
    'DOUBLE',
    'STRING',
    'DISTRIBUTION',
    'MONEY',
  ]),
  oneOf('google_monitoring_notification_channel', 'type', 'type of channel', [
    'email',
    'google_chat',
    'pagerduty',
    'pubsub',
    'slack',
    'sms',
    'webhook_basicauth',
    'webhook_tokenauth',
  ]),
  secondsWithin(UPTIME, 'timeout', 1, 60),
  matching(UPTIME, 'period', 'one of 60s, 300s, 600s, 900s', /^(?:60|300|600|900)s$/u, { sound: '60s', broken: '61s' }),
  {
    name: `${UPTIME}: a user has a password, one way only`,
    type: UPTIME,
    check: configuration =>
      valuesAt(configuration, 'http_check.*.auth_info.*').flatMap(({ path, value }) => {
        if (!isObjectValue(value)) return [];
        const ways = [value.password, value.password_wo].filter(password => !isAbsent(password)).length;
        return ways === 1
          ? []
          : [
              problem(
                path,
                'One password',
                'auth_info needs exactly one of password and password_wo. Prefer the latter.',
              ),
            ];
      }),
    examples: {
      sound: { http_check: [{ auth_info: [{ password_wo: Unknown.value }] }] },
      broken: { http_check: [{ auth_info: [{ password: 'x', password_wo: 'x' }] }] },
    },
  },
  exactlyOne('google_billing_budget', 'amount.*', ['last_period_amount', 'specified_amount']),
];
