import { blocksOf, type Module } from '../hcl/module.ts';
import { calledModule, type Modules } from '../hcl/read-modules.ts';
import { isListValue, isObjectValue, type ObjectValue, Unknown, type Value } from '../provider/values/value.ts';
import type { Declaration, DestroyedResource, Plan, PlannedResource } from './plan.ts';
import type { PrintedChange, PrintedPlan } from './printed-plan.ts';

/** The configuration the plan was made of, where it is at hand. */
export interface Source {
  readonly modules: Modules;
  readonly root: Module;
}

/** A printed plan as policies judge it. Pure. */
export function readPlan(printed: PrintedPlan, environment: string, source: Source | undefined): Plan {
  const { timestamp, resource_changes: changes } = printed;
  const managed = changes.filter(({ mode }) => mode === 'managed');
  return {
    environment,
    madeAt: timestamp,
    resources: managed
      .filter(({ change }) => isObjectValue(change.after))
      .map(change => plannedResource(change, withUnknowns(change.change.after, change.change.after_unknown), source)),
    destroyed: managed
      .filter(({ change }) => change.actions.includes('delete'))
      .map(change => destroyedResource(change, source)),
  };
}

const destroyedResource = (change: PrintedChange, source: Source | undefined): DestroyedResource => ({
  ...plannedResource(change, change.change.before ?? null, source),
  isReplaced: change.change.actions.includes('create'),
  forcedBy: change.change.replace_paths.map(path => path.join('.')),
});

function plannedResource(change: PrintedChange, value: Value, source: Source | undefined): PlannedResource {
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

function declarationOf({ module_address: address, type, name }: PrintedChange, { modules, root }: Source) {
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
