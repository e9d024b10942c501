/** What the project holds. Only API calls are held to rights. */
export interface SecretManagerWorld {
  readonly project: string;
  /** Bearer tokens that may call, with their permissions, such as `secretmanager.versions.access`. */
  readonly callers: Map<string, readonly string[]>;
  /** Terraform makes secrets; nobody else. Versions oldest first, the first is number 1. */
  readonly secrets: Map<string, KeptVersion[]>;
  /** Functions as they were deployed last, by name. */
  readonly functions: Map<string, DeployedFunction>;
  readonly now: () => number;
}

export interface KeptVersion {
  readonly value: string;
  readonly createdAtMs: number;
  readonly state: 'ENABLED' | 'DISABLED' | 'DESTROYED';
}

export interface DeployedFunction {
  readonly updatedAtMs: number;
  /** Version by secret: a number, or `latest`. */
  readonly secrets: Readonly<Record<string, string>>;
}
