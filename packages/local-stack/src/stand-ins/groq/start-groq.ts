import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import specification from '../../../specs/groq.json' with { type: 'json' };
import { requestShapes } from '../request-shapes.ts';
import type { RunningStandIn } from '../run-stand-in.ts';
import { parseJson, type StandInReply, type StandInRequest, startStandIn } from '../stand-in-server.ts';
import { ChatRequest, completionEvents, completionOf, textOf } from './chat-completion.ts';
import { DECOMMISSIONED, modelCard, SERVED } from './groq-models.ts';
import {
  groqError,
  invalidRequest,
  modelDecommissioned,
  modelNotFound,
  REQUESTS_PER_DAY,
  rateHeaders,
  rateLimited,
  TOKENS_PER_MINUTE,
  toolCalled,
} from './groq-replies.ts';
import { lieOf, Personality } from './personality.ts';
import { strictSchemaProblem } from './strict-schema-problem.ts';
import { LIES, type Writing, writeHonestly, writeLie, writeObediently } from './write-message.ts';

/**
 * Groq's chat completions with a model that can only quote: it knows the request and nothing else. A second personality
 * lies in ways with names, a third obeys whatever it reads. Keeps nothing.
 */
export interface GroqOptions {
  readonly port: number;
  /** Asked for as a bearer token; any key will do when absent. */
  readonly apiKey?: string | undefined;
  readonly personality?: Personality;
  readonly now?: () => number;
}

export async function startGroq(options: GroqOptions): Promise<RunningStandIn> {
  const now = options.now ?? Date.now;
  const shapes = requestShapes(specification);
  let personality: Personality = options.personality ?? { mode: 'honest' };
  let turn = 0;

  const control = (request: StandInRequest): StandInReply => {
    if (request.url.pathname !== '/_control/personality') return { status: 404, body: { error: 'no such control' } };
    if (request.method === 'POST') {
      const parsed = Personality.safeParse(parseJson(request.body));
      if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
      personality = parsed.data;
      turn = 0;
    }
    return { status: 200, body: { personality, lies: LIES } };
  };

  const complete = async (request: StandInRequest): Promise<StandInReply> => {
    const body = parseJson(request.body);
    const problem = shapes.check('POST /openai/v1/chat/completions', { body });
    if (problem !== undefined) return invalidRequest(`'${problem.at.slice(1) || 'body'}' : ${problem.message}`);
    const parsed = ChatRequest.safeParse(body);
    if (!parsed.success) return invalidRequest(z.prettifyError(parsed.error));
    const chat = parsed.data;
    const refusal = refuse(chat);
    if (refusal !== undefined) return refusal;

    switch (personality.mode) {
      case 'down':
        return groqError(503, 'internal_server_error', undefined, 'Service Unavailable');
      case 'rate_limited':
        return rateLimited(chat.model, personality.retryAfterSeconds);
      case 'retired':
        return modelNotFound(chat.model);
      case 'tool_calling':
        return toolCalled();
      case 'html':
        return { status: 200, body: '<!doctype html><title>Just a moment...</title><p>Checking your browser.</p>' };
      case 'slow':
        await delay(personality.delayMs, undefined, { ref: false });
        return answerWith(chat, writeHonestly(writingOf(chat)));
      case 'honest':
        return answerWith(chat, writeHonestly(writingOf(chat)));
      case 'obedient':
        return answerWith(chat, writeObediently(writingOf(chat)));
      case 'lying': {
        const lie = lieOf(personality, turn++);
        return answerWith(chat, writeLie(writingOf(chat), lie), { 'x-stand-in-lie': lie });
      }
    }
  };

  const answerWith = (chat: ChatRequest, message: string, headers: Record<string, string> = {}): StandInReply => {
    const completion = completionOf(chat, message, now());
    const left = { requests: REQUESTS_PER_DAY - 1, tokens: TOKENS_PER_MINUTE - completion.usage.total_tokens };
    const allHeaders = { ...rateHeaders(left), ...headers };
    if (chat.stream !== true) return { status: 200, body: completion, headers: allHeaders };
    return {
      status: 200,
      body: completionEvents(completion),
      headers: { ...allHeaders, 'content-type': 'text/event-stream' },
    };
  };

  const answer = (request: StandInRequest): Promise<StandInReply> | StandInReply => {
    const { pathname } = request.url;
    if (pathname.startsWith('/_control/')) return control(request);
    const key = /^Bearer (\S+)$/u.exec(request.headers['authorization'] ?? '')?.[1];
    if (key === undefined || (options.apiKey !== undefined && key !== options.apiKey)) {
      return groqError(401, 'invalid_request_error', 'invalid_api_key', 'Invalid API Key');
    }
    switch (`${request.method} ${pathname}`) {
      case 'POST /openai/v1/chat/completions':
        return complete(request);
      case 'POST /openai/v1/embeddings': {
        const body = parseJson(request.body);
        const problem = shapes.check('POST /openai/v1/embeddings', { body });
        if (problem !== undefined) return invalidRequest(`'${problem.at.slice(1) || 'body'}' : ${problem.message}`);
        return modelNotFound((body as { model: string }).model); // no embedding model is served
      }
      case 'GET /openai/v1/models':
        return { status: 200, body: { object: 'list', data: SERVED.map(modelCard) } };
      default:
        return otherRoute(request);
    }
  };

  return startStandIn({ name: 'groq', port: options.port, answer });
}

function otherRoute(request: StandInRequest): StandInReply {
  const { pathname } = request.url;
  const id = /^\/openai\/v1\/models\/(.+)$/u.exec(pathname)?.[1];
  if (request.method === 'GET' && id !== undefined) {
    const model = SERVED.find(served => served.id === decodeURIComponent(id));
    return model === undefined ? modelNotFound(id) : { status: 200, body: modelCard(model) };
  }
  const message = `Unknown request URL: ${request.method} ${pathname}. Please check the URL for typos, or see the docs.`;
  return groqError(404, 'invalid_request_error', 'unknown_url', message);
}

function refuse(chat: ChatRequest): StandInReply | undefined {
  if (DECOMMISSIONED.has(chat.model)) return modelDecommissioned(chat.model);
  const model = SERVED.find(served => served.id === chat.model);
  if (model === undefined) return modelNotFound(chat.model);
  if (chat.include_reasoning != null && chat.reasoning_format != null) {
    return invalidRequest('cannot specify both include_reasoning and reasoning_format');
  }
  if (chat.response_format?.type !== 'json_schema') return undefined;
  if (chat.tools != null && chat.tools.length > 0)
    return invalidRequest('response_format json_schema cannot be combined with tool calling');
  if (chat.stream === true) return invalidRequest('response_format json_schema cannot be combined with streaming');
  const { strict, schema } = chat.response_format.json_schema;
  if (schema === undefined) return invalidRequest('response_format.json_schema.schema is missing');
  if (strict !== true) return undefined;
  if (!model.strictSchemas) return invalidRequest(`strict json_schema is not supported by model \`${model.id}\``);
  const problem = strictSchemaProblem(schema);
  return problem === undefined ? undefined : invalidRequest(`invalid JSON schema for response_format: ${problem}`);
}

function writingOf(chat: ChatRequest): Writing {
  const format = chat.response_format;
  const schema = format?.type === 'json_schema' ? format.json_schema.schema : undefined;
  // `json_object` asks for any object; this is the one it gets.
  const anyObject =
    format?.type === 'json_object' ? { type: 'object', properties: { answer: { type: 'string' } } } : undefined;
  return { system: textOf(chat, 'system'), user: textOf(chat, 'user'), schema: schema ?? anyObject };
}
