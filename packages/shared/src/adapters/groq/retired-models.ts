/** Models of Groq that are gone for good, known without asking. Pure. */

/** Shut down, with what Groq advises instead: its notices of 2025 and of July 2026. */
const RETIRED: ReadonlyMap<string, string> = new Map([
  ['llama3-70b-8192', 'openai/gpt-oss-120b'],
  ['llama3-8b-8192', 'openai/gpt-oss-20b'],
  ['llama-3.3-70b-versatile', 'openai/gpt-oss-120b'],
  ['llama-3.1-8b-instant', 'openai/gpt-oss-20b'],
  ['meta-llama/llama-4-scout-17b-16e-instruct', 'openai/gpt-oss-120b'],
  ['meta-llama/llama-4-maverick-17b-128e-instruct', 'openai/gpt-oss-120b'],
  ['qwen/qwen3-32b', 'openai/gpt-oss-120b'],
  ['deepseek-r1-distill-llama-70b', 'openai/gpt-oss-120b'],
  ['gemma2-9b-it', 'openai/gpt-oss-20b'],
  ['mixtral-8x7b-32768', 'openai/gpt-oss-20b'],
]);

/** A sentence for the operator about a model that is gone for good; `undefined` for every other. */
export function retiredModel(id: string): string | undefined {
  const instead = RETIRED.get(id);
  return instead === undefined ? undefined : `${id} is retired, set ${instead} instead`;
}
