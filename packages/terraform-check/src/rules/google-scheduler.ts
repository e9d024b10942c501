import { cronRule } from './cron.ts';
import { matching, oneOf, problem, secondsWithin, textRule, within } from './make-rule.ts';
import type { Rule } from './rule.ts';
import { isAbsent } from './values-at.ts';

/** What Cloud Scheduler refuses beyond the schema of hashicorp/google 8. Pure. */
const JOB = 'google_cloud_scheduler_job';

export const SCHEDULER_RULES: readonly Rule[] = [
  cronRule(JOB, 'schedule'),
  textRule(
    JOB,
    'time_zone',
    'is a zone',
    text => (isTimeZone(text) ? undefined : `"${text}" is no time zone. Use a name of IANA’s, as in Europe/Vienna.`),
    { sound: 'Europe/Vienna', broken: 'Europe/Nowhere' },
  ),
  secondsWithin(JOB, 'attempt_deadline', 15, 1800),
  within(JOB, 'retry_config.*.retry_count', 0, 5, 'retries'),
  matching(JOB, 'http_target.*.uri', 'an address with https', /^https:\/\/[^\s/]+/u, {
    sound: 'https://launch.example/',
    broken: 'launch',
  }),
  oneOf(JOB, 'http_target.*.http_method', 'method', ['POST', 'GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']),
  {
    name: `${JOB}: one target`,
    type: JOB,
    check: ({ http_target: http, pubsub_target: pubsub, app_engine_http_target: appEngine }) => {
      const targets = [http, pubsub, appEngine].filter(target => !isAbsent(target)).length;
      return targets === 1 ? [] : [problem([], 'One target', `A job has exactly one target, not ${targets}.`)];
    },
    examples: { sound: { http_target: [{ uri: 'https://launch.example/' }] }, broken: { http_target: [] } },
  },
];

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // a zone that does not exist is thrown
  }
}
