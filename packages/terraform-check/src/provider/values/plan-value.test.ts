import { expect, test } from 'vitest';
import type { Block } from '../../schema/provider-schema.ts';
import { planValue } from './plan-value.ts';
import { settleUnknowns } from './plausible-value.ts';
import { Unknown } from './value.ts';

const BLOCK: Block = {
  attributes: {
    id: { type: 'string', computed: true },
    name: { type: 'string', required: true },
    location: { type: 'string', optional: true, computed: true },
    labels: { type: ['map', 'string'], optional: true },
    password: { type: 'string', optional: true, write_only: true },
    settings: {
      optional: true,
      nested_type: {
        nesting_mode: 'single',
        attributes: {
          delay: { type: 'number', optional: true, computed: true },
          note: { type: 'string', optional: true },
        },
      },
    },
  },
  block_types: {
    network: {
      nesting_mode: 'set',
      block: { attributes: { ip: { type: 'string', optional: true, computed: true } }, block_types: {} },
    },
  },
};
const PROPOSED = {
  id: null,
  name: 'node-1',
  location: null,
  labels: null,
  password: 'secret',
  settings: { delay: null, note: null },
  network: [{ ip: '10.0.0.2' }, { ip: null }],
};

test('what the provider decides is unknown, at every depth; write-only values leave no trace', () => {
  expect(planValue(BLOCK, PROPOSED)).toEqual({
    id: Unknown.value,
    name: 'node-1',
    location: Unknown.value,
    labels: null,
    password: null,
    settings: { delay: Unknown.value, note: null },
    network: [{ ip: '10.0.0.2' }, { ip: Unknown.value }],
  });
});

test('what the configuration says stays', () => {
  expect(planValue(BLOCK, { ...PROPOSED, location: 'nbg1' })).toMatchObject({ location: 'nbg1' });
});

test('after an apply everything is known, in the form its name promises, and the same each time', () => {
  const origin = { type: 'hcloud_server', configuration: '{}', ids: 'number' } as const;
  const applied = settleUnknowns(BLOCK, planValue(BLOCK, PROPOSED), origin);
  expect(JSON.stringify(applied)).not.toContain('Unknown');
  expect(applied.id).toMatch(/^\d+$/u);
  expect(applied.settings).toEqual({ delay: expect.any(Number) as number, note: null });
  expect(settleUnknowns(BLOCK, planValue(BLOCK, PROPOSED), origin)).toEqual(applied);
  const other = settleUnknowns(BLOCK, planValue(BLOCK, PROPOSED), { ...origin, configuration: '{"a":1}' });
  expect(other.id).not.toBe(applied.id);
});
