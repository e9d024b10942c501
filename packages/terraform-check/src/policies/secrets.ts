import { Unknown, type Value } from '../provider/values/value.ts';
import { walkBlock } from '../provider/values/walk-block.ts';
import type { Attribute, ProviderSchema } from '../schema/provider-schema.ts';
import { examplePlan, exampleResource } from './example-plan.ts';
import type { PlannedResource } from './plan.ts';
import type { Policy } from './policy.ts';

/** No secret reaches Terraform's state. Pure. */
interface Exception {
  readonly type: string;
  readonly attribute: string;
  /** Why it cannot be avoided, and what makes it harmless. */
  readonly reason: string;
}

/** What a vendor hands back unasked. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    type: 'cloudflare_account_token',
    attribute: 'value',
    reason: '`pnpm secrets` rolls it right after the apply; what lies in the state opens nothing.',
  },
];

/** The providers' schemas say which arguments are secret. */
export function secretPolicies(schemas: readonly ProviderSchema[]): readonly Policy[] {
  const resources = new Map(schemas.flatMap(schema => Object.entries(schema.resources)));
  const secretsOf = ({ type, values }: PlannedResource): string[] => {
    const block = resources.get(type)?.block;
    const found: string[] = [];
    if (block === undefined) return found;
    walkBlock(block, values, (attribute, value, path) => {
      if (isSecret(attribute, value)) found.push(path.join('.'));
      return value;
    });
    return found.filter(name => !EXCEPTIONS.some(known => known.type === type && known.attribute === name));
  };
  return [
    {
      name: 'Secrets are write-only',
      why: 'Whoever reads the state, or a plan kept as an artefact, would read the secret.',
      check: plan =>
        plan.resources.flatMap(resource =>
          secretsOf(resource).map(name => ({
            resource,
            what: `${name} would lie in the state.`,
            next: `Use the write-only argument (${name}_wo) where there is one, else set it outside of Terraform.`,
          })),
        ),
      examples: {
        sound: examplePlan([
          exampleResource('google_secret_manager_secret_version', { secret_data: null, secret_data_wo_version: '1' }),
        ]),
        broken: examplePlan([exampleResource('google_secret_manager_secret_version', { secret_data: 'x' })]),
      },
    },
  ];
}

/** Set by the configuration, or handed back by the vendor; an optional argument that nobody sets is neither. */
function isSecret(attribute: Attribute, value: Value): boolean {
  if (attribute.sensitive !== true || value === null) return false;
  return !(value instanceof Unknown) || attribute.optional !== true;
}
