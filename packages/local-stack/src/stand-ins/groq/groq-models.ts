/** Which models there are, which are gone, and what they can do. */
export interface ServedModel {
  readonly id: string;
  readonly owned_by: string;
  /** Takes `json_schema` with `strict: true`. */
  readonly strictSchemas: boolean;
}

export const SERVED: readonly ServedModel[] = [
  { id: 'openai/gpt-oss-120b', owned_by: 'OpenAI', strictSchemas: true },
  { id: 'openai/gpt-oss-20b', owned_by: 'OpenAI', strictSchemas: true },
  { id: 'qwen/qwen3.6-27b', owned_by: 'Alibaba Cloud', strictSchemas: false },
];

/** Answered as decommissioned; anything else unknown as not found. */
export const DECOMMISSIONED: ReadonlySet<string> = new Set([
  'llama3-70b-8192',
  'llama3-8b-8192',
  'gemma2-9b-it',
  'mixtral-8x7b-32768',
  'llama-3.3-70b-versatile',
  'llama-3.1-8b-instant',
]);

export const modelCard = ({ id, owned_by }: ServedModel) => ({
  id,
  object: 'model',
  created: 1_754_400_000, // both gpt-oss models came out in August 2025
  owned_by,
  active: true,
  context_window: 131_072,
  max_completion_tokens: 65_536,
});
