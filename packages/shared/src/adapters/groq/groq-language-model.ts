/**
 * `LanguageModel` on Groq: one call, a strict schema, no tools, no retries. The time limit covers the whole exchange;
 * prompts and replies appear in no log and no error.
 */
import Groq, { APIConnectionError, APIConnectionTimeoutError, APIError } from 'groq-sdk';
import * as z from 'zod';
import type { Secret } from '../../config/secret.ts';
import type { CompletionRequest, LanguageModel, ModelError } from '../../ports/language-model.ts';
import { err, ok } from '../../result/result.ts';
import { type Fetch, limitReply } from '../http/limit-reply.ts';
import { modelErrorOf } from './groq-errors.ts';
import { sdkBaseUrl } from './groq-variables.ts';
import { strictJsonSchema } from './strict-json-schema.ts';

export interface GroqOptions {
  readonly fetch: Fetch;
  readonly apiKey: Secret;
  /** Ends in `/openai/v1`. */
  readonly baseUrl: string;
  readonly model: string;
}

const REPLY_BYTES_MAX = 1024 * 1024; // far above any `maxTokens` asked for here

const ChatCompletion = z.object({
  choices: z.array(z.object({ finish_reason: z.string(), message: z.object({ content: z.string().nullish() }) })),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
});

const ErrorCode = z.object({ error: z.object({ code: z.string() }) });

/** @throws Error when the base URL does not end in `/openai/v1`. */
export function groqLanguageModel(options: GroqOptions): LanguageModel {
  const baseURL = sdkBaseUrl(options.baseUrl);
  if (baseURL === undefined) throw new Error('the base URL of Groq must end in /openai/v1');
  const client = new Groq({
    apiKey: options.apiKey.reveal(),
    baseURL,
    maxRetries: 0, // the SDK would sleep for any retry-after; the caller has its own deadline
    logLevel: 'off', // its debug lines carry bodies
    defaultHeaders: { 'user-agent': 'innkeeper' }, // else the SDK's class name, of which bundling leaves a letter
    // The SDK passes addresses as texts only.
    fetch: (input, init) => limitReply(options.fetch, REPLY_BYTES_MAX)(input as string, init ?? {}),
  });
  return {
    id: options.model,
    async complete<T>(request: CompletionRequest<T>) {
      const body = completionBody(options.model, request);
      const signal = AbortSignal.timeout(request.timeoutMs); // the SDK's own timer stops at the headers
      try {
        const reply: unknown = await client.chat.completions.create(body, { signal, timeout: request.timeoutMs });
        const completion = ChatCompletion.safeParse(reply);
        const choice = completion.data?.choices[0];
        if (!completion.success || choice === undefined) return err(nonsense('a reply outside its format'));
        if (choice.finish_reason === 'length') return err(nonsense('more than maxTokens'));
        const value = request.schema.safeParse(parseJson(choice.message.content ?? ''));
        if (!value.success) return err(nonsense('a message that does not fit the schema'));
        return ok({
          value: value.data,
          tokensIn: completion.data.usage?.prompt_tokens ?? 0,
          tokensOut: completion.data.usage?.completion_tokens ?? 0,
        });
      } catch (error) {
        return err(failureOf(error, signal.aborted));
      }
    },
  };
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

function failureOf(error: unknown, timedOut: boolean): ModelError {
  if (timedOut || error instanceof APIConnectionTimeoutError) {
    return { kind: 'timeout', detail: 'groq chat.completions took longer than its limit' };
  }
  if (error instanceof APIError && !(error instanceof APIConnectionError)) {
    const code = ErrorCode.safeParse(error.error);
    const status = (error as { status: number | undefined }).status;
    const headers = (error as { headers: Headers | undefined }).headers;
    if (status !== undefined) {
      return modelErrorOf({ status, code: code.success ? code.data.error.code : undefined, headers });
    }
  }
  // Cut connections, broken JSON and replies beyond the limit; the reason may quote the reply.
  return { kind: 'unavailable', detail: 'groq chat.completions could not be completed' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // The schema refuses it, which is what "nonsense" means.
  }
}
