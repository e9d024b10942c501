import { DEPLOYMENT } from './deployment.ts';
import { INFRASTRUCTURE } from './infrastructure.ts';
import { OPERATION } from './operation.ts';
import type { Play, Rule } from './play.ts';
import { SECRETS_RULES, secretRule } from './secrets.ts';
import { SERVERS } from './servers.ts';

export const ALL_RULES: readonly Rule[] = [
  ...INFRASTRUCTURE,
  ...SERVERS,
  ...SECRETS_RULES,
  ...OPERATION,
  ...DEPLOYMENT,
];

/** `undefined`: nobody has said how that command of the guide is rehearsed. */
export function playOf(command: string): Play | undefined {
  return (secretRule(command) ?? ALL_RULES.find(([pattern]) => pattern.test(command)))?.[1];
}
