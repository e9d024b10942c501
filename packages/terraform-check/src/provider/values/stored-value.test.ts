import { expect, test } from 'vitest';
import type { Block } from '../../schema/provider-schema.ts';
import { readStored } from './stored-value.ts';

const BLOCK: Block = { attributes: { setting: { type: 'dynamic', optional: true } }, block_types: {} };

test('the type of a dynamic value stands in front of it', () => {
  const stored = { setting: { type: 'string', value: 'strict' } };
  expect(readStored(BLOCK, stored)).toEqual({ setting: [new TextEncoder().encode('"string"'), 'strict'] });
  expect(readStored(BLOCK, { setting: null })).toEqual({ setting: null });
});
