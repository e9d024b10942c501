import { isObjectValue, type ObjectValue, Unknown } from '../provider/values/value.ts';
import { cidrRule, privateCidrRule } from './cidr.ts';
import { matching, oneOf, problem, textRule } from './make-rule.ts';
import type { Rule } from './rule.ts';
import { isAbsent, isPresent, valuesAt } from './values-at.ts';

/** What the provider hetznercloud/hcloud 1.68 and its API refuse beyond the schema. Pure. */
const LOCATIONS = ['fsn1', 'nbg1', 'hel1', 'ash', 'hil', 'sin'];
const ZONES = ['eu-central', 'us-east', 'us-west', 'ap-southeast'];
const HOSTNAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u;
/** The API takes 32 KiB of cloud-init. */
const USER_DATA_BYTES_MAX = 32_768;

export const HCLOUD_RULES: readonly Rule[] = [
  oneOf('hcloud_server', 'location', 'location of Hetzner Cloud', LOCATIONS),
  oneOf('hcloud_network_subnet', 'network_zone', 'network zone of Hetzner Cloud', ZONES),
  {
    name: 'hcloud_server: datacenter is gone',
    type: 'hcloud_server',
    check: ({ datacenter }) =>
      isPresent(datacenter)
        ? [problem(['datacenter'], 'Argument without effect', 'Hetzner removed datacenters. Set location instead.')]
        : [],
    examples: { sound: { location: 'nbg1' }, broken: { datacenter: 'nbg1-dc3' } },
  },
  {
    name: 'hcloud_server: both protections are the same',
    type: 'hcloud_server',
    check: ({ delete_protection: deletion, rebuild_protection: rebuild }) =>
      deletion instanceof Unknown || rebuild instanceof Unknown || (deletion ?? false) === (rebuild ?? false)
        ? []
        : [
            problem(
              ['delete_protection'],
              'Protections differ',
              'Hetzner sets both together: delete_protection has to equal rebuild_protection. Set both to the same.',
            ),
          ],
    examples: {
      sound: { delete_protection: true, rebuild_protection: true },
      broken: { delete_protection: true },
    },
  },
  textRule(
    'hcloud_server',
    'user_data',
    'fits the API',
    text => {
      const bytes = Buffer.byteLength(text);
      return bytes <= USER_DATA_BYTES_MAX
        ? undefined
        : `user_data has ${bytes} bytes, the API takes ${USER_DATA_BYTES_MAX}. Leave to Ansible what it can do.`;
    },
    { sound: '#cloud-config', broken: 'x'.repeat(USER_DATA_BYTES_MAX + 1) },
  ),
  matching('hcloud_server', 'name', 'a hostname: small letters, digits and hyphens, 63 at most', HOSTNAME, {
    sound: 'node-1',
    broken: 'node_1',
  }),
  oneOf('hcloud_placement_group', 'type', 'kind of placement group', ['spread']),
  oneOf('hcloud_network_subnet', 'type', 'kind of subnet', ['cloud', 'server', 'vswitch']),
  privateCidrRule('hcloud_network', 'ip_range'),
  privateCidrRule('hcloud_network_subnet', 'ip_range'),
  cidrRule('hcloud_firewall', 'rule.*.source_ips.*'),
  cidrRule('hcloud_firewall', 'rule.*.destination_ips.*'),
  oneOf('hcloud_firewall', 'rule.*.direction', 'direction', ['in', 'out']),
  oneOf('hcloud_firewall', 'rule.*.protocol', 'protocol', ['tcp', 'udp', 'icmp', 'esp', 'gre']),
  matching('hcloud_firewall', 'rule.*.port', 'a port, a range as in 80-85, or any', /^(?:\d+(?:-\d+)?|any)$/u, {
    sound: '80-85',
    broken: 'http',
  }),
  {
    name: 'hcloud_firewall: a rule has the port and the side its protocol and direction need',
    type: 'hcloud_firewall',
    check: configuration =>
      valuesAt(configuration, 'rule.*').flatMap(({ path, value }) =>
        isObjectValue(value) ? whyRuleIsIncomplete(value).map(detail => problem(path, 'Incomplete rule', detail)) : [],
      ),
    examples: {
      sound: { rule: [{ direction: 'in', protocol: 'tcp', port: '443', source_ips: ['0.0.0.0/0'] }] },
      broken: { rule: [{ direction: 'in', protocol: 'tcp', port: null, source_ips: ['0.0.0.0/0'] }] },
    },
  },
];

function whyRuleIsIncomplete(rule: ObjectValue): string[] {
  const needsPort = rule.protocol === 'tcp' || rule.protocol === 'udp';
  const problems: string[] = [];
  if (needsPort && isAbsent(rule.port)) {
    problems.push('A rule for tcp or udp needs a port; "any" allows all of them.');
  }
  if (typeof rule.protocol === 'string' && !needsPort && isPresent(rule.port)) {
    problems.push(`A rule for ${rule.protocol} takes no port. Remove it.`);
  }
  if (rule.direction === 'in' && isAbsent(rule.source_ips)) problems.push('A rule for what comes in needs source_ips.');
  if (rule.direction === 'out' && isAbsent(rule.destination_ips)) {
    problems.push('A rule for what goes out needs destination_ips.');
  }
  return problems;
}
