import type { ObjectValue } from '../provider/values/value.ts';
import type { Plan, PlannedResource } from './plan.ts';

/** Small plans for the examples of policies. */
export const examplePlan = (resources: readonly PlannedResource[], rest: Partial<Plan> = {}): Plan => ({
  environment: 'prod',
  madeAt: '2026-11-22T00:00:00Z',
  resources,
  destroyed: [],
  ...rest,
});

export const exampleResource = (type: string, values: ObjectValue, preventDestroy = false): PlannedResource => ({
  address: `${type}.example`,
  type,
  values,
  declared: { file: 'main.tf', line: 1, preventDestroy },
});
