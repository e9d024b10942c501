import { isAbsent, valuesAt } from '../rules/values-at.ts';
import type { Plan, PlannedResource } from './plan.ts';
import type { Violation } from './policy.ts';

/** How policies look at plans. A place is written as in `rules/values-at.ts`. Pure. */
export const ofType = (plan: Plan, ...types: readonly string[]): readonly PlannedResource[] =>
  plan.resources.filter(({ type }) => types.includes(type));

/** The one value at a place; undefined where nothing is there. */
export function at(resource: PlannedResource, place: string): unknown {
  const [found] = valuesAt(resource.values, place);
  return found === undefined || isAbsent(found.value) ? undefined : found.value;
}

/** Resources of a type for which `holds` is false, each with what is wrong and the next step. */
export const unless = (
  resources: readonly PlannedResource[],
  holds: (resource: PlannedResource) => boolean,
  what: string,
  next: string,
): readonly Violation[] => resources.filter(resource => !holds(resource)).map(resource => ({ resource, what, next }));
