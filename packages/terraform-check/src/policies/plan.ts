import type { ObjectValue } from '../provider/values/value.ts';

/** What Terraform is about to make, for policies to judge. */
export interface Plan {
  readonly environment: string;
  /** When it was made, UTC in ISO 8601. */
  readonly madeAt: string;
  /** Managed resources as they are to be. */
  readonly resources: readonly PlannedResource[];
  /** Managed resources that are to go, those that are to be replaced included. */
  readonly destroyed: readonly PlannedResource[];
}

export interface PlannedResource {
  /** As in `module.firestore.google_firestore_database.this["ops"]`. */
  readonly address: string;
  readonly type: string;
  /** With `Unknown` for what only an apply tells. */
  readonly values: ObjectValue;
  /** Where it is declared; absent where the configuration is not at hand. */
  readonly declared?: Declaration;
}

export interface Declaration {
  readonly file: string;
  readonly line: number;
  readonly preventDestroy: boolean;
}
