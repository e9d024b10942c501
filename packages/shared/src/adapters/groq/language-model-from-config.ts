/** The model that the `GROQ_*` variables describe: the first, and where it cannot answer the second. */
import type { Log } from '../../log/log.ts';
import type { LanguageModel } from '../../ports/language-model.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { fallbackLanguageModel } from './fallback-language-model.ts';
import { groqLanguageModel } from './groq-language-model.ts';
import type { GroqVariables } from './groq-variables.ts';

export interface LanguageModelParts {
  readonly fetch: Fetch;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

export function languageModelFromConfig(
  variables: GroqVariables,
  { fetch, now, log }: LanguageModelParts,
): LanguageModel {
  const { GROQ_API_KEY: apiKey, GROQ_BASE_URL: baseUrl } = variables;
  const [first, ...others] = modelsOf(variables);
  const model = (id: string): LanguageModel => groqLanguageModel({ fetch, apiKey, baseUrl, model: id });
  return fallbackLanguageModel({ models: [model(first), ...others.map(model)], now, log });
}

/** Ids in the order in which they are asked, each once. */
export const modelsOf = ({
  GROQ_MODEL: first,
  GROQ_FALLBACK_MODEL: second,
}: Pick<GroqVariables, 'GROQ_MODEL' | 'GROQ_FALLBACK_MODEL'>): readonly [string, ...string[]] =>
  first === second ? [first] : [first, second];
