import type { Plan } from '@innkeeper/shared/domain/plan';
import { foldText } from '../tokens.ts';

const opening =
  /^(?:and|und|et|y|e|what about|how about|only|just|no|not|same|also|then|nur|und was ist mit|seulement|solo|so|apenas)(?![\p{L}\p{N}])/u;
const wordsMax = 6;

/**
 * Whether what comes next in a thread may lean on this plan. Not on one that says nothing was understood, nor on a
 * fragment that was searched for: then the last question that was understood is still the one spoken of. Pure.
 */
export const mayBeLeanedOn = (plan: Plan): boolean =>
  plan.kind !== 'unclear' &&
  plan.kind !== 'help' &&
  !(plan.kind === 'search' && opening.test(foldText(plan.words)) && plan.words.split(' ').length <= wordsMax);
