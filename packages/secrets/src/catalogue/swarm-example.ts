import { sourceOf } from '../status/next-step.ts';
import { SECRET_FORMS } from './secret-form.ts';
import { SWARM_SECRETS } from './swarm-secrets.ts';

/** The shape of secrets/ENV/swarm.sops.yaml before sops has seen it, without a value. Pure. */
export function swarmExample(): string {
  const lines = SWARM_SECRETS.flatMap(({ id, meaning, form, origin, isOptional, caution }) => [
    `  # ${meaning}${isOptional ? ' (may be empty)' : ''}: ${SECRET_FORMS[form].meaning}`,
    `  #   ${sourceOf(origin)}`,
    ...(caution === undefined ? [] : [`  #   ${caution}`]),
    `  ${id}: ""`,
  ]);
  return ['swarm_secrets:', ...lines, ''].join('\n');
}
