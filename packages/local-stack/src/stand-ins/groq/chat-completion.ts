import { randomUUID } from 'node:crypto';
import * as z from 'zod';

/** The parts of a chat request that matter here, and the reply around a message's text. */
const Text = z.union([
  z.string(),
  z
    .array(z.looseObject({ type: z.string(), text: z.string().optional() }))
    .transform(parts => parts.map(part => part.text ?? '').join('\n')),
]);

export const ChatRequest = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: Text.nullish() })).min(1),
  stream: z.boolean().nullish(),
  tools: z.array(z.unknown()).nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  include_reasoning: z.boolean().nullish(),
  reasoning_format: z.string().nullish(),
  response_format: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('text') }),
      z.object({ type: z.literal('json_object') }),
      z.object({
        type: z.literal('json_schema'),
        json_schema: z.object({
          name: z.string(),
          strict: z.boolean().nullish(),
          schema: z.record(z.string(), z.unknown()).optional(),
        }),
      }),
    ])
    .nullish(),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

export const textOf = (request: ChatRequest, role: string): string =>
  request.messages
    .filter(message => message.role === role)
    .map(message => message.content ?? '')
    .join('\n');

const CHARACTERS_PER_TOKEN = 4; // rule of thumb for English
const TOKENS_DEFAULT = 65_536; // the models' own limit

export const tokensOf = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/** The message is cut where its tokens end, as a real model's is. */
export function completionOf(request: ChatRequest, message: string, nowMs: number) {
  const tokensMax = request.max_completion_tokens ?? request.max_tokens ?? TOKENS_DEFAULT;
  const isCut = tokensOf(message) > tokensMax;
  const content = isCut ? message.slice(0, tokensMax * CHARACTERS_PER_TOKEN) : message;
  const [prompt, completion] = [tokensOf(request.messages.map(item => item.content ?? '').join('')), tokensOf(content)];
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion' as const,
    created: Math.floor(nowMs / 1000),
    model: request.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content },
        logprobs: null,
        finish_reason: isCut ? ('length' as const) : ('stop' as const),
      },
    ],
    usage: {
      queue_time: 0.001,
      prompt_tokens: prompt,
      prompt_time: prompt / 20_000, // tokens a second read and written, as the vendor states them
      completion_tokens: completion,
      completion_time: completion / 500,
      total_tokens: prompt + completion,
      total_time: prompt / 20_000 + completion / 500,
    },
    system_fingerprint: 'fp_stand_in',
    service_tier: 'on_demand',
    x_groq: { id: `req_${randomUUID()}` },
  };
}

/** The same as server-sent events: one chunk with the text, one that ends it. */
export function completionEvents(completion: ReturnType<typeof completionOf>): string {
  const [choice] = completion.choices;
  const chunk = (delta: object, finish_reason: string | null) => ({
    id: completion.id,
    object: 'chat.completion.chunk',
    created: completion.created,
    model: completion.model,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  });
  const events = [
    chunk({ role: 'assistant', content: choice?.message.content ?? '' }, null),
    { ...chunk({}, choice?.finish_reason ?? 'stop'), x_groq: { ...completion.x_groq, usage: completion.usage } },
  ];
  return `${events.map(event => `data: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`;
}
