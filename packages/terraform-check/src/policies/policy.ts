import type { Plan, PlannedResource } from './plan.ts';

/** A promise every environment keeps, judged on its plan. Pure. */
export interface Policy {
  /** Says what has to hold, e.g. "No bucket is public". Unique. */
  readonly name: string;
  /** One sentence, for whoever is stopped by it. */
  readonly why: string;
  readonly check: (plan: Plan) => readonly Violation[];
  /** What keeps the policy and what breaks it; a policy that cannot fail is none. */
  readonly examples: { readonly sound: Plan; readonly broken: Plan };
}

export interface Violation {
  /** Absent where something is missing altogether. */
  readonly resource?: PlannedResource;
  readonly what: string;
  /** The next step. */
  readonly next: string;
}

/** A violation in one line: where, what, why, next step. */
export function tellViolation(policy: Policy, { resource, what, next }: Violation): string {
  const declared = resource?.declared;
  const where =
    resource === undefined
      ? ''
      : `${declared === undefined ? '' : `${declared.file}:${declared.line} `}${resource.address}: `;
  return `${where}${what} ${policy.why} Next: ${next}`;
}
