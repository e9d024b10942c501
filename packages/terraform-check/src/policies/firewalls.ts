import { isListValue, isObjectValue, type ObjectValue, type Value } from '../provider/values/value.ts';
import { parseCidr } from '../rules/cidr.ts';
import { valuesAt } from '../rules/values-at.ts';
import { examplePlan, exampleResource } from './example-plan.ts';
import type { Policy } from './policy.ts';
import { ofType } from './select.ts';

/** What may be reached from where. Pure. */
const FIREWALL = 'hcloud_firewall';
const WEB_PORTS = ['80', '443'];
/** Bits of a prefix below which a range is more than an office or a network of one's own. */
const NARROW_BITS = { ipv4: 24, ipv6: 48 };

const examples = (port: string, source: string) =>
  examplePlan([
    exampleResource(FIREWALL, { rule: [{ direction: 'in', protocol: 'tcp', port, source_ips: [source] }] }),
  ]);

export const FIREWALL_POLICIES: readonly Policy[] = [
  {
    name: 'Only 80 and 443 are open to the world',
    why: 'Everything else, SSH included, is for known addresses.',
    check: plan =>
      ofType(plan, FIREWALL).flatMap(resource =>
        valuesAt(resource.values, 'rule.*').flatMap(({ value }) =>
          isObjectValue(value) && value.direction === 'in' && !isWeb(value)
            ? wideSources(value).map(source => ({
                resource,
                what: `${textOf(value.protocol)} ${textOf(value.port)} is open to ${source}.`,
                next: `Name ranges of at most /${NARROW_BITS.ipv4} (IPv6: /${NARROW_BITS.ipv6}) in source_ips.`,
              }))
            : [],
        ),
      ),
    examples: { sound: examples('22', '192.0.2.7/32'), broken: examples('22', '0.0.0.0/0') },
  },
];

const isWeb = (rule: ObjectValue): boolean => rule.protocol === 'tcp' && WEB_PORTS.includes(textOf(rule.port));

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

/** Ranges that are too wide; what is not known yet counts as such, because nobody has seen it. */
function wideSources(rule: ObjectValue): string[] {
  const sources: readonly Value[] = isListValue(rule.source_ips) ? rule.source_ips : [];
  return sources.flatMap(source => {
    if (typeof source !== 'string') return ['a range that is not known yet'];
    const cidr = parseCidr(source);
    if (cidr === undefined) return [source];
    return cidr[1] < NARROW_BITS[cidr[0].kind()] ? [source] : [];
  });
}
