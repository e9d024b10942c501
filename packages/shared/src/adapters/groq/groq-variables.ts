/** The environment a deployable needs to reach Groq, and the rule for its base URL. */
import * as z from 'zod';
import { secret } from '../../config/parse-config.ts';

const API_PATH = '/openai/v1';

/** The shape to spread into a deployable's own `z.object`. */
export const groqVariables = {
  GROQ_BASE_URL: z
    .url({ error: 'must be a URL' })
    .transform(value => value.replace(/\/+$/u, ''))
    .refine(value => value.endsWith(API_PATH), `must end in ${API_PATH}, as in https://api.groq.com${API_PATH}`)
    .default(`https://api.groq.com${API_PATH}`)
    .describe('Groq’s OpenAI-compatible base URL'),
  GROQ_API_KEY: secret('API key from console.groq.com'),
  GROQ_MODEL: z.string().default('openai/gpt-oss-120b').describe('model id; must offer strict JSON schemas'),
};

const GroqVariables = z.object(groqVariables);
export type GroqVariables = z.output<typeof GroqVariables>;

/** The SDK adds `/openai/v1` to every path itself. `undefined` for an address that does not end in it. */
export function sdkBaseUrl(baseUrl: string): string | undefined {
  return baseUrl.endsWith(API_PATH) ? baseUrl.slice(0, -API_PATH.length) : undefined;
}
