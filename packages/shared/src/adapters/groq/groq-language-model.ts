/**
 * `LanguageModel` on Groq: one call, a strict schema, no tools, no retries. The time limit covers the whole exchange;
 * prompts and replies appear in no log and no error.
 */
import * as z from 'zod/mini';
import type { Secret } from '../../config/secret.ts';
import type { CompletionRequest, LanguageModel, ModelError, ModelUse } from '../../ports/language-model.ts';
import { err, ok } from '../../result/result.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { createCompletion } from './create-completion.ts';
import { costMicroUsd } from './groq-prices.ts';
import { sdkBaseUrl } from './groq-variables.ts';
import { strictJsonSchema } from './strict-json-schema.ts';

export interface GroqOptions {
  readonly fetch: Fetch;
  readonly apiKey: Secret;
  /** Ends in `/openai/v1`. */
  readonly baseUrl: string;
  readonly model: string;
}

const Usage = z.object({
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  prompt_tokens_details: z.nullish(z.object({ cached_tokens: z.nullish(z.number()) })),
});

const ChatCompletion = z.object({
  choices: z.array(z.object({ finish_reason: z.string(), message: z.object({ content: z.nullish(z.string()) }) })),
  usage: z.nullish(Usage),
});

/** @throws Error when the base URL does not end in `/openai/v1`. */
export function groqLanguageModel({ fetch, apiKey, baseUrl, model }: GroqOptions): LanguageModel {
  const origin = sdkBaseUrl(baseUrl);
  if (origin === undefined) throw new Error('the base URL of Groq must end in /openai/v1');
  const connection = { fetch, apiKey, origin };
  return {
    id: model,
    async complete<T>(request: CompletionRequest<T>) {
      const reply = await createCompletion(connection, completionBody(model, request), request.timeoutMs);
      if (!reply.ok) return reply;
      const completion = ChatCompletion.safeParse(reply.value);
      const choice = completion.data?.choices[0];
      if (!completion.success || choice === undefined) return err(nonsense('a reply outside its format'));
      if (choice.finish_reason === 'length') return err(nonsense('more than maxTokens'));
      const value = z.safeParse(request.schema, parseJson(choice.message.content ?? ''));
      if (!value.success) return err(nonsense('a message that does not fit the schema'));
      return ok({ value: value.data, ...usedBy(model, completion.data.usage) });
    },
  };
}

function usedBy(model: string, usage: z.output<typeof Usage> | null | undefined): ModelUse {
  const tokens = {
    tokensIn: usage?.prompt_tokens ?? 0,
    tokensCached: usage?.prompt_tokens_details?.cached_tokens ?? 0,
    tokensOut: usage?.completion_tokens ?? 0,
  };
  const cost = costMicroUsd(model, tokens);
  return { model, ...tokens, ...(cost === undefined ? {} : { costMicroUsd: cost }) };
}

function completionBody<T>(model: string, request: CompletionRequest<T>) {
  const reasons = model.startsWith('openai/gpt-oss'); // others refuse these two parameters or know no "low"
  return {
    model,
    messages: [
      { role: 'system' as const, content: request.system },
      { role: 'user' as const, content: request.user },
    ],
    temperature: 0,
    max_completion_tokens: request.maxTokens,
    response_format: {
      type: 'json_schema' as const,
      json_schema: { name: request.schemaName, strict: true, schema: strictJsonSchema(request.schema) },
    },
    ...(reasons ? { reasoning_effort: 'low' as const, include_reasoning: false } : {}),
  };
}

const nonsense = (what: string): ModelError => ({ kind: 'nonsense', detail: `groq chat.completions answered ${what}` });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // The schema refuses it, which is what "nonsense" means.
  }
}
