import type { Block } from '../../schema/provider-schema.ts';
import { type ObjectValue, Unknown } from './value.ts';
import { walkBlock } from './walk-block.ts';

/**
 * What a provider plans for what Terraform proposes: the provider's own attributes that have no value yet become
 * unknown, write-only ones leave no trace, everything else stays as proposed. Pure.
 */
export const planValue = (block: Block, proposed: ObjectValue): ObjectValue =>
  walkBlock(block, proposed, (attribute, value) => {
    if (attribute.write_only === true) return null;
    return value === null && attribute.computed === true ? Unknown.value : value;
  });
