/** The environment a deployable needs to reach Groq, and the rule for its base URL. */
import * as z from 'zod/mini';
import { baseUrl, secret } from '../../config/parse-config.ts';
import { retiredModel } from './retired-models.ts';

const API_PATH = '/openai/v1';

const modelId = (fallback: string, meaning: string) =>
  z
    ._default(
      z
        .string()
        .check(z.refine(id => retiredModel(id) === undefined, { error: issue => retiredModel(String(issue.input)) })),
      fallback,
    )
    .check(z.describe(meaning));

/** The shape to spread into a deployable's own `z.object`. */
export const groqVariables = {
  GROQ_BASE_URL: z._default(
    baseUrl('Groq’s OpenAI-compatible base URL').check(
      z.refine(value => value.endsWith(API_PATH), `must end in ${API_PATH}, as in https://api.groq.com${API_PATH}`),
    ),
    `https://api.groq.com${API_PATH}`,
  ),
  GROQ_API_KEY: secret('API key from console.groq.com'),
  GROQ_MODEL: modelId('openai/gpt-oss-120b', 'model that is asked first; must offer strict JSON schemas'),
  GROQ_FALLBACK_MODEL: modelId(
    'openai/gpt-oss-20b',
    'model that is asked where the first cannot answer; the same id: none, code answers alone',
  ),
};

const GroqVariables = z.object(groqVariables);
export type GroqVariables = z.output<typeof GroqVariables>;

/** The SDK adds `/openai/v1` to every path itself. `undefined` for an address that does not end in it. */
export function sdkBaseUrl(baseUrl: string): string | undefined {
  return baseUrl.endsWith(API_PATH) ? baseUrl.slice(0, -API_PATH.length) : undefined;
}
