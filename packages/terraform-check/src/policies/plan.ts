import type { ObjectValue } from '../provider/values/value.ts';

/** What Terraform is about to make, for policies to judge. */
export interface Plan {
  readonly environment: string;
  /** When it was made, UTC in ISO 8601. */
  readonly madeAt: string;
  /** Managed resources as they are to be. */
  readonly resources: readonly PlannedResource[];
  /** Managed resources that are to go, as they are now. */
  readonly destroyed: readonly DestroyedResource[];
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

export interface DestroyedResource extends PlannedResource {
  /** Whether one of the same name takes its place, empty. */
  readonly isReplaced: boolean;
  /** Arguments whose change cannot be made on what is there; empty where there is another reason. */
  readonly forcedBy: readonly string[];
}

export interface Declaration {
  readonly file: string;
  readonly line: number;
  readonly preventDestroy: boolean;
}
