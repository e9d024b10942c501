import type { Block } from '../schema/provider-schema.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { ObjectValue } from './values/value.ts';
import { walkBlock } from './values/walk-block.ts';

/** Values in a configuration for what only the provider may set; the vendor's server would refuse them. Pure. */
export function findComputedValues(block: Block, configuration: ObjectValue): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  walkBlock(block, configuration, (attribute, value, path) => {
    const own = attribute.computed === true && attribute.optional !== true && attribute.required !== true;
    if (own && value !== null) {
      found.push({
        summary: 'Value for a computed attribute',
        detail: `"${path.join('.')}" is set by the provider and can only be read. Remove it from the configuration.`,
        path,
      });
    }
    return value;
  });
  return found;
}
