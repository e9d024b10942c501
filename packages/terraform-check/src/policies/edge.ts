import { examplePlan, exampleResource } from './example-plan.ts';
import type { PlannedResource } from './plan.ts';
import type { Policy } from './policy.ts';
import { at, ofType, unless } from './select.ts';

/** What stands between the internet and the company. Pure. */
const SETTING = 'cloudflare_zone_setting';
const RECORD = 'cloudflare_dns_record';
const SERVER = 'hcloud_server';
const MANAGERS_MIN = 3;

/** Settings a zone has to have, by Cloudflare's names. */
const REQUIRED_SETTINGS: Readonly<Record<string, readonly string[]>> = {
  always_use_https: ['on'],
  min_tls_version: ['1.2', '1.3'],
  ssl: ['strict'],
};

const settings = (ssl: string) =>
  examplePlan([
    exampleResource(SETTING, { setting_id: 'always_use_https', value: 'on' }),
    exampleResource(SETTING, { setting_id: 'min_tls_version', value: '1.2' }),
    exampleResource(SETTING, { setting_id: 'ssl', value: ssl }),
  ]);
const record = (proxied: boolean) =>
  examplePlan([exampleResource(RECORD, { type: 'A', content: '192.0.2.1', proxied, ttl: 1 })]);
const nodes = (count: number) =>
  examplePlan(
    Array.from({ length: count }, () =>
      exampleResource(SERVER, { placement_group_id: 1, firewall_ids: [1], ssh_keys: ['x'] }, true),
    ),
  );

export const EDGE_POLICIES: readonly Policy[] = [
  {
    name: 'A zone speaks verified TLS alone',
    why: 'Guests’ data and passwords travel through it.',
    check: plan => {
      const found = ofType(plan, SETTING);
      if (ofType(plan, RECORD, SETTING).length === 0) return [];
      return Object.entries(REQUIRED_SETTINGS)
        .filter(([id, values]) => !found.some(resource => hasSetting(resource, id, values)))
        .map(([id, values]) => ({
          what: `The zone’s ${id} is not ${values.join(' or ')}.`,
          next: `Add a ${SETTING} with setting_id = "${id}".`,
        }));
    },
    examples: { sound: settings('strict'), broken: settings('flexible') },
  },
  {
    name: 'Addresses of the Swarm stay behind Cloudflare',
    why: 'Whoever knows them goes around the rules of the zone.',
    check: plan =>
      unless(
        ofType(plan, RECORD).filter(resource => ['A', 'AAAA'].includes(String(at(resource, 'type')))),
        resource => at(resource, 'proxied') === true,
        'It tells an address to everybody.',
        'Set proxied = true and ttl = 1.',
      ),
    examples: { sound: record(true), broken: record(false) },
  },
  {
    name: 'Every server is behind a firewall, apart from the others, and opened by key',
    why: 'Hetzner gives a server without a key a password by mail, and one without a firewall every port.',
    check: plan =>
      ['firewall_ids', 'placement_group_id', 'ssh_keys'].flatMap(name =>
        unless(
          ofType(plan, SERVER),
          resource => at(resource, name) !== undefined,
          `It has no ${name}.`,
          `Set ${name}.`,
        ),
      ),
    examples: {
      sound: nodes(MANAGERS_MIN),
      broken: examplePlan([exampleResource(SERVER, { firewall_ids: [], placement_group_id: 1, ssh_keys: ['x'] })]),
    },
  },
  {
    name: 'Every server joins its network by an attachment of its own',
    why: 'A network block inside a server is taken off and on again by every apply, and a node leaves the Swarm with it.',
    check: plan =>
      unless(
        ofType(plan, SERVER),
        resource => at(resource, 'network') === undefined,
        'It has a network block.',
        'Replace the block by an hcloud_server_network.',
      ),
    examples: {
      sound: examplePlan([exampleResource(SERVER, { network: [] }, true)]),
      broken: examplePlan([exampleResource(SERVER, { network: [{ ip: '10.0.1.11' }] }, true)]),
    },
  },
  {
    name: 'The Swarm survives one node',
    why: 'Managers decide by majority: three survive the loss of one, two or four of no more.',
    check: plan => {
      const count = ofType(plan, SERVER).length;
      return count === 0 || (count >= MANAGERS_MIN && count % 2 === 1)
        ? []
        : [{ what: `There are ${count} nodes.`, next: 'Plan an odd number of nodes, three at least.' }];
    },
    examples: { sound: nodes(3), broken: nodes(2) },
  },
];

const hasSetting = (resource: PlannedResource, id: string, values: readonly string[]): boolean =>
  at(resource, 'setting_id') === id && values.includes(String(at(resource, 'value')));
