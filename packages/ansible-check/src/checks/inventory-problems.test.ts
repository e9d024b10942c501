import { expect, test } from 'vitest';
import { type Inventory, inventoryProblems } from './inventory-problems.ts';

const groupVars = {
  common_environment: 'prod',
  common_nodes_cidr: '10.30.1.0/24',
  common_backup_cidr: '10.30.2.0/28',
};

const inventory = (...addresses: string[]): Inventory => ({
  _meta: {
    hostvars: Object.fromEntries(addresses.map((address, n) => [`s${n}`, { common_private_address: address }])),
  },
  swarm: { hosts: addresses.map((_, n) => `s${n}`) },
});

test('three servers in their subnet are well', () => {
  expect(inventoryProblems('prod', inventory('10.30.1.11', '10.30.1.12', '10.30.1.13'), groupVars)).toEqual([]);
});

test.each([
  [['10.30.1.11', '10.30.1.12'], 'an odd number'],
  [['10.30.1.11', '10.30.1.11', '10.30.1.13'], 'the same private address'],
  [['10.30.2.3'], '10.30.2.3 is not in common_nodes_cidr'],
  [['10.30.2.3'], '10.30.2.3 is in common_backup_cidr'],
])('%j is told', (addresses, sentence) => {
  expect(inventoryProblems('prod', inventory(...addresses), groupVars).join('\n')).toContain(sentence);
});

test("another environment's file is told", () => {
  expect(inventoryProblems('dev', inventory('10.30.1.11'), groupVars)).toEqual(['dev: calls itself prod']);
});
