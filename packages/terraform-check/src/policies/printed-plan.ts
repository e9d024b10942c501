import * as z from 'zod';
import type { Value } from '../provider/values/value.ts';

/** What `terraform show -json` prints of a saved plan, as far as it is read. */
const Json: z.ZodType<Value> = z.json();
const PrintedChange = z.object({
  address: z.string(),
  module_address: z.string().optional(),
  mode: z.enum(['managed', 'data']),
  type: z.string(),
  name: z.string(),
  change: z.object({
    actions: z.array(z.enum(['no-op', 'create', 'read', 'update', 'delete', 'forget'])),
    before: Json.optional(),
    after: Json.optional(),
    after_unknown: Json.optional(),
    /** Places of arguments that make it a replacement. */
    replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
  }),
});
export type PrintedChange = z.infer<typeof PrintedChange>;

export const PrintedPlan = z.object({
  timestamp: z.string(),
  /** Planning ended with errors: what it says is not all. */
  errored: z.boolean().default(false),
  variables: z.record(z.string(), z.object({ value: Json.optional() })).default({}),
  resource_changes: z.array(PrintedChange).default([]),
});
export type PrintedPlan = z.infer<typeof PrintedPlan>;

/** Managed resources by what the plan does to them; one that is replaced is not counted as created or destroyed. */
export interface ChangeCounts {
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly destroyed: number;
  /** Left where it is and no longer looked after. */
  readonly forgotten: number;
}

export function countChanges({ resource_changes: changes }: PrintedPlan): ChangeCounts {
  const actions = changes.filter(({ mode }) => mode === 'managed').map(({ change }) => change.actions);
  const having = (wanted: string, ...others: readonly string[]): number =>
    actions.filter(all => all.some(action => action === wanted) && !all.some(action => others.includes(action))).length;
  return {
    created: having('create', 'delete'),
    updated: having('update'),
    replaced: actions.filter(all => all.includes('create') && all.includes('delete')).length,
    destroyed: having('delete', 'create'),
    forgotten: having('forget'),
  };
}
