import * as z from 'zod';
import type { Block } from '../../schema/provider-schema.ts';
import type { ObjectValue, Value } from './value.ts';
import { walkBlock } from './walk-block.ts';

/** A dynamic value in the state: its type stands beside it, on the wire in front of it. */
const Dynamic = z.object({ type: z.json(), value: z.custom<Value>() });

/** What the state keeps of a resource, as JSON, in the form in which values travel. Pure. */
export const readStored = (block: Block, stored: ObjectValue): ObjectValue =>
  walkBlock(block, stored, ({ type }, value) => {
    if (type !== 'dynamic' || value === null) return value;
    const dynamic = Dynamic.parse(value);
    return [new TextEncoder().encode(JSON.stringify(dynamic.type)), dynamic.value];
  });
