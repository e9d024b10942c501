import { expect, test } from 'vitest';
import type { Block } from '../schema/provider-schema.ts';
import { findComputedValues } from './find-computed-values.ts';
import { Unknown } from './values/value.ts';

const BLOCK: Block = {
  attributes: {
    id: { type: 'string', computed: true },
    name: { type: 'string', optional: true, computed: true },
  },
  block_types: {
    network: {
      nesting_mode: 'list',
      block: { attributes: { mac_address: { type: 'string', computed: true } }, block_types: {} },
    },
  },
};

test('a value, known or not, for what only the provider sets is refused where it stands', () => {
  const found = findComputedValues(BLOCK, { id: Unknown.value, name: 'n', network: [{ mac_address: 'x' }] });
  expect(found.map(({ path }) => path)).toEqual([['id'], ['network', 0, 'mac_address']]);
  expect(found[0]?.detail).toBe('"id" is set by the provider and can only be read. Remove it from the configuration.');
});

test('a configuration that leaves it alone is fine', () => {
  expect(findComputedValues(BLOCK, { id: null, name: 'n', network: [{ mac_address: null }] })).toEqual([]);
});
