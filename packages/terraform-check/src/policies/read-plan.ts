import * as z from 'zod';
import { blocksOf, type Module } from '../hcl/module.ts';
import { calledModule, type Modules } from '../hcl/read-modules.ts';
import { isListValue, isObjectValue, type ObjectValue, Unknown, type Value } from '../provider/values/value.ts';
import type { Declaration, Plan, PlannedResource } from './plan.ts';

/** Reads what `terraform show -json` prints of a saved plan. Pure. */
const Json: z.ZodType<Value> = z.json();
const Change = z.object({
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
  }),
});
const Printed = z.object({ timestamp: z.string(), resource_changes: z.array(Change).default([]) });
type Change = z.infer<typeof Change>;

/** The configuration the plan was made of, where it is at hand. */
export interface Source {
  readonly modules: Modules;
  readonly root: Module;
}

/** Throws where the text is no plan of Terraform's: then it is the operator's file that is wrong. */
export function readPlan(json: unknown, environment: string, source: Source | undefined): Plan {
  const { timestamp, resource_changes: changes } = Printed.parse(json);
  const managed = changes.filter(({ mode }) => mode === 'managed');
  return {
    environment,
    madeAt: timestamp,
    resources: managed
      .filter(({ change }) => isObjectValue(change.after))
      .map(change => plannedResource(change, withUnknowns(change.change.after, change.change.after_unknown), source)),
    destroyed: managed
      .filter(({ change }) => change.actions.includes('delete'))
      .map(change => plannedResource(change, change.change.before ?? null, source)),
  };
}

function plannedResource(change: Change, value: Value, source: Source | undefined): PlannedResource {
  const declared = source === undefined ? undefined : declarationOf(change, source);
  return {
    address: change.address,
    type: change.type,
    values: isObjectValue(value) ? value : {},
    ...(declared === undefined ? {} : { declared }),
  };
}

/** `after_unknown` has `true` where `after` has nothing yet. */
function withUnknowns(after: Value | undefined, unknown: Value | undefined): Value {
  if (unknown === true) return Unknown.value;
  if (isListValue(unknown)) {
    const items = isListValue(after) ? after : [];
    return unknown.length >= items.length
      ? unknown.map((item, index) => withUnknowns(items[index], item))
      : items.map((item, index) => withUnknowns(item, unknown[index]));
  }
  if (!isObjectValue(unknown)) return after ?? null;
  const fields: ObjectValue = isObjectValue(after) ? after : {};
  const names = [...new Set([...Object.keys(fields), ...Object.keys(unknown)])];
  return Object.fromEntries(names.map(name => [name, withUnknowns(fields[name], unknown[name])]));
}

function declarationOf({ module_address: address, type, name }: Change, { modules, root }: Source) {
  const calls = (address ?? '').replaceAll(/\[[^\]]*\]/gu, '').split('.');
  const path = calls.filter((_, index) => index % 2 === 1);
  const module = path.reduce<Module | undefined>(
    (from, call) => (from === undefined ? undefined : calledModule(modules, from, call)),
    root,
  );
  const block = (module === undefined ? [] : blocksOf(module, 'resource')).find(
    ({ found }) => found.labels[0] === type && found.labels[1] === name,
  );
  return block === undefined ? undefined : declarationIn(block);
}

function declarationIn({ file, found }: ReturnType<typeof blocksOf>[number]): Declaration {
  const lifecycle = found.blocks.find(({ type }) => type === 'lifecycle');
  const protection = lifecycle?.attributes.find(({ name }) => name === 'prevent_destroy')?.expression;
  return {
    file,
    line: found.line,
    preventDestroy: protection?.kind === 'literal' && protection.value === true,
  };
}
