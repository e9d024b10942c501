import ipaddr from 'ipaddr.js';
import { isObjectValue, type ObjectValue } from '../provider/values/value.ts';
import { matching, oneOf, problem, textRule, within } from './make-rule.ts';
import type { Rule } from './rule.ts';
import { isAbsent, textsAt, valuesAt } from './values-at.ts';

/** What Cloudflare's API refuses beyond the schema of cloudflare/cloudflare 5.22. Pure. */
const BUCKET_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/u;
const R2_TYPES = ['cloudflare_r2_bucket', 'cloudflare_r2_bucket_lock', 'cloudflare_r2_bucket_lifecycle'];
const RECORD_TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'HTTPS', 'MX', 'NS', 'SRV', 'SVCB', 'TXT'];
/** Seconds; 1 stands for what Cloudflare chooses. */
const TTL = { automatic: 1, min: 60, max: 86_400 };
const PERIODS = [10, 60, 120, 300, 600, 3600, 86_400];
/** The one field that rate limits have on every plan; Pro adds the host, Business the method. */
const RATE_LIMIT_FIELD = 'http.request.uri.path';

export const CLOUDFLARE_RULES: readonly Rule[] = [
  oneOf('cloudflare_r2_bucket', 'location', 'location of R2', ['apac', 'eeur', 'enam', 'oc', 'weur', 'wnam']),
  ...R2_TYPES.map(type => oneOf(type, 'jurisdiction', 'jurisdiction of R2', ['default', 'eu', 'fedramp'])),
  oneOf('cloudflare_r2_bucket', 'storage_class', 'storage class of R2', ['Standard', 'InfrequentAccess']),
  matching('cloudflare_r2_bucket', 'name', 'small letters, digits and hyphens, 3 to 63 of them', BUCKET_NAME, {
    sound: 'innkeeper-backup',
    broken: 'Backup_1',
  }),
  oneOf('cloudflare_r2_bucket_lock', 'rules.*.condition.type', 'kind of lock', ['Age', 'Date', 'Indefinite']),
  {
    name: 'cloudflare_r2_bucket_lock: an age has seconds, a date has a date',
    type: 'cloudflare_r2_bucket_lock',
    check: configuration =>
      valuesAt(configuration, 'rules.*.condition').flatMap(({ path, value }) => {
        const { type, max_age_seconds: age, date } = isObjectValue(value) ? value : ({} as ObjectValue);
        if (type === 'Age' && isAbsent(age)) return [problem(path, 'Incomplete lock', 'Age needs max_age_seconds.')];
        return type === 'Date' && isAbsent(date) ? [problem(path, 'Incomplete lock', 'Date needs a date.')] : [];
      }),
    examples: {
      sound: { rules: [{ condition: { type: 'Age', max_age_seconds: 60, date: null } }] },
      broken: { rules: [{ condition: { type: 'Age', max_age_seconds: null, date: null } }] },
    },
  },
  matching(
    'cloudflare_queue',
    'queue_name',
    'small letters, digits and hyphens, 63 at most',
    /^[a-z0-9][a-z0-9-]{0,62}$/u,
    { sound: 'guesty-deliveries', broken: 'guesty_deliveries' },
  ),
  within('cloudflare_queue', 'settings.message_retention_period', 60, 1_209_600, 'seconds'),
  within('cloudflare_queue', 'settings.delivery_delay', 0, 43_200, 'seconds'),
  oneOf('cloudflare_dns_record', 'type', 'record type in use here', RECORD_TYPES),
  {
    name: 'cloudflare_dns_record: the content is an address where the type says so',
    type: 'cloudflare_dns_record',
    check: ({ type, content }) => {
      if (typeof content !== 'string') return [];
      const wrong =
        (type === 'A' && !ipaddr.IPv4.isValidFourPartDecimal(content)) ||
        (type === 'AAAA' && !ipaddr.IPv6.isValid(content));
      const family = type === 'A' ? 'IPv4' : 'IPv6';
      return wrong ? [problem(['content'], 'Invalid content', `"${content}" is no ${family} address.`)] : [];
    },
    examples: {
      sound: { type: 'A', content: '192.0.2.1' },
      broken: { type: 'A', content: '2001:db8::1' },
    },
  },
  {
    name: 'cloudflare_dns_record: ttl is automatic where proxied, else 60 to 86400 seconds',
    type: 'cloudflare_dns_record',
    check: ({ proxied, ttl }) => {
      if (typeof ttl !== 'number' || ttl === TTL.automatic) return [];
      if (proxied === true) {
        return [problem(['ttl'], 'Invalid ttl', 'A proxied record has an automatic ttl. Set it to 1.')];
      }
      return ttl < TTL.min || ttl > TTL.max
        ? [problem(['ttl'], 'Invalid ttl', `${ttl} has to be 1 (automatic) or between ${TTL.min} and ${TTL.max}.`)]
        : [];
    },
    examples: { sound: { proxied: true, ttl: 1 }, broken: { proxied: true, ttl: 300 } },
  },
  oneOf('cloudflare_account_token', 'policies.*.effect', 'effect', ['allow', 'deny']),
  matching(
    'cloudflare_account_token',
    'expires_on',
    'a time in UTC, as in 2027-01-31T00:00:00Z',
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u,
    {
      sound: '2027-01-31T00:00:00Z',
      broken: 'next year',
    },
  ),
  textRule(
    'cloudflare_account_token',
    'policies.*.resources',
    'is a JSON object',
    text => (isJsonObject(text) ? undefined : 'resources has to be a JSON object in text. Use jsonencode({ ... }).'),
    { sound: '{}', broken: 'all' },
  ),
  oneOf('cloudflare_ruleset', 'kind', 'kind of ruleset', ['custom', 'managed', 'root', 'zone']),
  oneOf('cloudflare_ruleset', 'rules.*.action', 'action in use here', [
    'block',
    'challenge',
    'execute',
    'js_challenge',
    'log',
    'managed_challenge',
    'redirect',
    'rewrite',
    'route',
    'set_cache_settings',
    'set_config',
    'skip',
  ]),
  {
    name: 'cloudflare_ruleset: a rate limit has a period Cloudflare counts in, by data centre',
    type: 'cloudflare_ruleset',
    check: configuration =>
      valuesAt(configuration, 'rules.*.ratelimit').flatMap(({ path, value }) => {
        if (!isObjectValue(value)) return [];
        const by = textsAt(value, 'characteristics.*').map(found => found.value);
        const wrong: string[] = [];
        if (typeof value.period === 'number' && !PERIODS.includes(value.period)) {
          wrong.push(`${value.period} is no period of seconds. Use one of ${PERIODS.join(', ')}.`);
        }
        if (by.length > 0 && !by.includes('cf.colo.id')) wrong.push('characteristics has to name "cf.colo.id".');
        return wrong.map(detail => problem(path, 'Invalid rate limit', detail));
      }),
    examples: {
      sound: { rules: [{ ratelimit: { period: 60, characteristics: ['cf.colo.id', 'ip.src'] } }] },
      broken: { rules: [{ ratelimit: { period: 61, characteristics: ['ip.src'] } }] },
    },
  },
  {
    name: 'cloudflare_ruleset: a rate limit asks for nothing that a smaller plan lacks',
    type: 'cloudflare_ruleset',
    check: configuration =>
      valuesAt(configuration, 'rules.*').flatMap(({ path, value }) => {
        if (!isObjectValue(value) || isAbsent(value.ratelimit) || typeof value.expression !== 'string') return [];
        const others = fieldsOf(value.expression).filter(field => field !== RATE_LIMIT_FIELD);
        const detail = `Rate limits of the free plan know no ${others.join(', ')}. Ask for ${RATE_LIMIT_FIELD} alone.`;
        return others.length === 0 ? [] : [problem([...path, 'expression'], 'Invalid rate limit', detail)];
      }),
    examples: {
      sound: { rules: [{ expression: 'http.request.uri.path eq "/cf.x"', ratelimit: { period: 10 } }] },
      broken: { rules: [{ expression: 'http.request.method eq "POST"', ratelimit: { period: 10 } }] },
    },
  },
];

/** Fields of Cloudflare's rules language, each once, outside of quoted texts. */
const fieldsOf = (expression: string): string[] => [
  ...new Set(expression.replaceAll(/"(?:[^"\\]|\\.)*"/gu, '').match(/\b(?:http|ip|cf|ssl|tls|raw)\.[a-z0-9_.]+/gu)),
];

function isJsonObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false; // the parser's complaint about generated text would help nobody
  }
}
