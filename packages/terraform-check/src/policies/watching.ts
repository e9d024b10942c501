import { isListValue } from '../provider/values/value.ts';
import { valuesAt } from '../rules/values-at.ts';
import { examplePlan, exampleResource } from './example-plan.ts';
import type { Policy } from './policy.ts';
import { at, ofType, unless } from './select.ts';

/** Somebody is told, and can be reached, when something fails. Pure. */
const ALERT = 'google_monitoring_alert_policy';
const CHANNEL = 'google_monitoring_notification_channel';
const UPTIME = 'google_monitoring_uptime_check_config';
const BUDGET = 'google_billing_budget';

export const WATCHING_POLICIES: readonly Policy[] = [
  {
    name: 'Every alert reaches somebody',
    why: 'An alert without a channel is read by nobody.',
    check: plan =>
      unless(
        ofType(plan, ALERT),
        resource => {
          const channels = resource.values.notification_channels;
          return (
            resource.values.enabled !== false && (!isListValue(channels) || channels.length > 0) && channels !== null
          );
        },
        'It is switched off or has no notification channel.',
        'Set notification_channels, and leave enabled alone.',
      ),
    examples: {
      sound: examplePlan([exampleResource(ALERT, { enabled: null, notification_channels: ['projects/p/x'] })]),
      broken: examplePlan([exampleResource(ALERT, { enabled: null, notification_channels: null })]),
    },
  },
  {
    name: 'Alerts leave by a channel outside of the Swarm',
    why: 'When the Swarm is down, the team chat on it is, too.',
    check: plan => {
      const outside = ofType(plan, CHANNEL).filter(resource => at(resource, 'type') !== 'webhook_tokenauth');
      return ofType(plan, ALERT).length === 0 || outside.length > 0
        ? []
        : [{ what: 'No channel of another kind than a webhook.', next: `Add a ${CHANNEL} of type email.` }];
    },
    examples: {
      sound: examplePlan([exampleResource(ALERT, {}), exampleResource(CHANNEL, { type: 'email' })]),
      broken: examplePlan([exampleResource(ALERT, {}), exampleResource(CHANNEL, { type: 'webhook_tokenauth' })]),
    },
  },
  {
    name: 'Uptime is measured over verified https',
    why: 'A certificate that ran out is an outage.',
    check: plan =>
      unless(
        ofType(plan, UPTIME),
        resource =>
          valuesAt(resource.values, 'http_check.*.validate_ssl').some(({ value }) => value === true) &&
          valuesAt(resource.values, 'http_check.*.use_ssl').some(({ value }) => value === true),
        'It does not verify the certificate.',
        'Set use_ssl and validate_ssl in http_check.',
      ),
    examples: {
      sound: examplePlan([exampleResource(UPTIME, { http_check: [{ use_ssl: true, validate_ssl: true }] })]),
      broken: examplePlan([exampleResource(UPTIME, { http_check: [{ use_ssl: true, validate_ssl: null }] })]),
    },
  },
  {
    name: 'Spending is watched',
    why: 'A loop between two functions costs more in a night than a month of work.',
    check: plan =>
      ofType(plan, BUDGET).some(resource => at(resource, 'threshold_rules') !== undefined)
        ? []
        : [{ what: 'The environment has no budget with thresholds.', next: `Add a ${BUDGET} with threshold_rules.` }],
    examples: {
      sound: examplePlan([exampleResource(BUDGET, { threshold_rules: [{ threshold_percent: 0.8 }] })]),
      broken: examplePlan([exampleResource(BUDGET, { threshold_rules: [] })]),
    },
  },
];
