import type { Diagnostic } from '../provider/diagnostic.ts';
import type { ObjectValue } from '../provider/values/value.ts';

/**
 * A rule that lives in a provider's code or behind its API, not in its schema: without an account nobody else would
 * hold us to it. What is not known yet breaks no rule. Pure.
 */
export interface Rule {
  /** Says what has to hold, e.g. `hcloud_server: location is one of Hetzner’s`. Unique. */
  readonly name: string;
  /** Resource type. */
  readonly type: string;
  readonly check: (configuration: ObjectValue) => readonly Diagnostic[];
  /** One configuration that keeps the rule and one that breaks it; a rule that cannot fail is none. */
  readonly examples: { readonly sound: ObjectValue; readonly broken: ObjectValue };
}
