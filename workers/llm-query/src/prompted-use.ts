import type { ModelUse } from '@innkeeper/shared/ports/language-model';

/** What the models took for one answer, and which prompts they were given. */
export interface PromptedUse extends ModelUse {
  /** Names with versions, in the order of the calls. */
  readonly prompts: readonly string[];
}

/** All calls together: `model` is the one asked last, and a sum with an unknown price in it is unknown. Pure. */
export function combineUses(uses: readonly PromptedUse[]): PromptedUse | undefined {
  const last = uses.at(-1);
  if (last === undefined) return undefined;
  const sum = (tokensOf: (use: PromptedUse) => number): number => uses.reduce((total, use) => total + tokensOf(use), 0);
  const costs = uses.flatMap(({ costMicroUsd }) => costMicroUsd ?? []);
  return {
    model: last.model,
    tokensIn: sum(use => use.tokensIn),
    tokensCached: sum(use => use.tokensCached),
    tokensOut: sum(use => use.tokensOut),
    ...(costs.length === uses.length ? { costMicroUsd: costs.reduce((total, cost) => total + cost, 0) } : {}),
    prompts: uses.flatMap(({ prompts }) => prompts),
  };
}
